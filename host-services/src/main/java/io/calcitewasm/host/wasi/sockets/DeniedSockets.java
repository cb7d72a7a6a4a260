package io.calcitewasm.host.wasi.sockets;

import io.calcitewasm.component.model.ResultValue;
import io.calcitewasm.host.context.HostDenied;
import io.calcitewasm.host.service.Service;
import io.calcitewasm.host.service.ServiceFunction;
import java.util.List;
import java.util.Optional;

/**
 * The interfaces of {@code wasi:sockets} without the {@code network} grant. Sockets cannot be
 * created and names not be looked up: {@code access-denied}. So no guest ever holds a socket, and
 * what would answer about one without an error arm is a refusal (42501) should it ever be reached.
 */
public final class DeniedSockets {
  private static final String NETWORK =
      """
      package wasi:sockets;
      interface network {
        use wasi:io/error.{error};
        resource network;
        enum error-code {
          unknown, access-denied, not-supported, invalid-argument, out-of-memory, timeout,
          concurrency-conflict, not-in-progress, would-block, invalid-state, new-socket-limit,
          address-not-bindable, address-in-use, remote-unreachable, connection-refused,
          connection-reset, connection-aborted, datagram-too-large, name-unresolvable,
          temporary-resolver-failure, permanent-resolver-failure,
        }
        network-error-code: func(err: borrow<error>) -> option<error-code>;
        enum ip-address-family { ipv4, ipv6 }
        type ipv4-address = tuple<u8, u8, u8, u8>;
        type ipv6-address = tuple<u16, u16, u16, u16, u16, u16, u16, u16>;
        variant ip-address { ipv4(ipv4-address), ipv6(ipv6-address) }
        record ipv4-socket-address { port: u16, address: ipv4-address }
        record ipv6-socket-address {
          port: u16, flow-info: u32, address: ipv6-address, scope-id: u32,
        }
        variant ip-socket-address { ipv4(ipv4-socket-address), ipv6(ipv6-socket-address) }
      }
      """;

  private static final String INSTANCE_NETWORK =
      """
      package wasi:sockets;
      interface instance-network {
        use network.{network};
        instance-network: func() -> network;
      }
      """;

  private static final String IP_NAME_LOOKUP =
      """
      package wasi:sockets;
      interface ip-name-lookup {
        use wasi:io/poll.{pollable};
        use network.{network, error-code, ip-address};
        resolve-addresses: func(network: borrow<network>, name: string)
            -> result<resolve-address-stream, error-code>;
        resource resolve-address-stream {
          resolve-next-address: func() -> result<option<ip-address>, error-code>;
          subscribe: func() -> pollable;
        }
      }
      """;

  private static final String TCP =
      """
      package wasi:sockets;
      interface tcp {
        use wasi:io/streams.{input-stream, output-stream};
        use wasi:io/poll.{pollable};
        use wasi:clocks/monotonic-clock.{duration};
        use network.{network, error-code, ip-socket-address, ip-address-family};
        enum shutdown-type { receive, send, both }
        resource tcp-socket {
          start-bind: func(network: borrow<network>, local: ip-socket-address)
              -> result<_, error-code>;
          finish-bind: func() -> result<_, error-code>;
          start-connect: func(network: borrow<network>, remote: ip-socket-address)
              -> result<_, error-code>;
          finish-connect: func() -> result<tuple<input-stream, output-stream>, error-code>;
          start-listen: func() -> result<_, error-code>;
          finish-listen: func() -> result<_, error-code>;
          accept: func() -> result<tuple<tcp-socket, input-stream, output-stream>, error-code>;
          local-address: func() -> result<ip-socket-address, error-code>;
          remote-address: func() -> result<ip-socket-address, error-code>;
          is-listening: func() -> bool;
          address-family: func() -> ip-address-family;
          set-listen-backlog-size: func(value: u64) -> result<_, error-code>;
          keep-alive-enabled: func() -> result<bool, error-code>;
          set-keep-alive-enabled: func(value: bool) -> result<_, error-code>;
          keep-alive-idle-time: func() -> result<duration, error-code>;
          set-keep-alive-idle-time: func(value: duration) -> result<_, error-code>;
          keep-alive-interval: func() -> result<duration, error-code>;
          set-keep-alive-interval: func(value: duration) -> result<_, error-code>;
          keep-alive-count: func() -> result<u32, error-code>;
          set-keep-alive-count: func(value: u32) -> result<_, error-code>;
          hop-limit: func() -> result<u8, error-code>;
          set-hop-limit: func(value: u8) -> result<_, error-code>;
          receive-buffer-size: func() -> result<u64, error-code>;
          set-receive-buffer-size: func(value: u64) -> result<_, error-code>;
          send-buffer-size: func() -> result<u64, error-code>;
          set-send-buffer-size: func(value: u64) -> result<_, error-code>;
          subscribe: func() -> pollable;
          shutdown: func(how: shutdown-type) -> result<_, error-code>;
        }
      }
      """;

  private static final String UDP =
      """
      package wasi:sockets;
      interface udp {
        use wasi:io/poll.{pollable};
        use network.{network, error-code, ip-socket-address, ip-address-family};
        record incoming-datagram { data: list<u8>, remote-address: ip-socket-address }
        record outgoing-datagram { data: list<u8>, remote-address: option<ip-socket-address> }
        resource udp-socket {
          start-bind: func(network: borrow<network>, local: ip-socket-address)
              -> result<_, error-code>;
          finish-bind: func() -> result<_, error-code>;
          %stream: func(remote: option<ip-socket-address>)
              -> result<tuple<incoming-datagram-stream, outgoing-datagram-stream>, error-code>;
          local-address: func() -> result<ip-socket-address, error-code>;
          remote-address: func() -> result<ip-socket-address, error-code>;
          address-family: func() -> ip-address-family;
          unicast-hop-limit: func() -> result<u8, error-code>;
          set-unicast-hop-limit: func(value: u8) -> result<_, error-code>;
          receive-buffer-size: func() -> result<u64, error-code>;
          set-receive-buffer-size: func(value: u64) -> result<_, error-code>;
          send-buffer-size: func() -> result<u64, error-code>;
          set-send-buffer-size: func(value: u64) -> result<_, error-code>;
          subscribe: func() -> pollable;
        }
        resource incoming-datagram-stream {
          receive: func(max-results: u64) -> result<list<incoming-datagram>, error-code>;
          subscribe: func() -> pollable;
        }
        resource outgoing-datagram-stream {
          check-send: func() -> result<u64, error-code>;
          send: func(datagrams: list<outgoing-datagram>) -> result<u64, error-code>;
          subscribe: func() -> pollable;
        }
      }
      """;

  private static final String CREATE =
      """
      package wasi:sockets;
      interface %1$s-create-socket {
        use network.{network, error-code, ip-address-family};
        use %1$s.{%1$s-socket};
        create-%1$s-socket: func(address-family: ip-address-family)
            -> result<%1$s-socket, error-code>;
      }
      """;

  /** The label's index in {@code error-code}. */
  private static final int ACCESS_DENIED = 1;

  private static final ServiceFunction DENIED = (_, _) -> ResultValue.err(ACCESS_DENIED);

  private DeniedSockets() {}

  /** The services. */
  public static List<Service> services() {
    return List.of(
        // No stream here fails with an error of the network.
        builder("network", NETWORK)
            .function("network-error-code", (_, _) -> Optional.empty())
            .build(),
        builder("instance-network", INSTANCE_NETWORK)
            .function("instance-network", (_, _) -> new NoNetwork())
            .build(),
        builder("ip-name-lookup", IP_NAME_LOOKUP)
            .function("[method]resolve-address-stream.subscribe", refused("ip-name-lookup"))
            .otherwise(DENIED)
            .build(),
        builder("tcp", TCP)
            .function("[method]tcp-socket.is-listening", refused("tcp"))
            .function("[method]tcp-socket.address-family", refused("tcp"))
            .function("[method]tcp-socket.subscribe", refused("tcp"))
            .otherwise(DENIED)
            .build(),
        builder("tcp-create-socket", CREATE.formatted("tcp")).otherwise(DENIED).build(),
        builder("udp", UDP)
            .function("[method]udp-socket.address-family", refused("udp"))
            .function("[method]udp-socket.subscribe", refused("udp"))
            .function("[method]incoming-datagram-stream.subscribe", refused("udp"))
            .function("[method]outgoing-datagram-stream.subscribe", refused("udp"))
            .otherwise(DENIED)
            .build(),
        builder("udp-create-socket", CREATE.formatted("udp")).otherwise(DENIED).build());
  }

  private static Service.Builder builder(String name, String wit) {
    return Service.builder("wasi:sockets/" + name + "@0.2.12", wit);
  }

  private static ServiceFunction refused(String interfaceName) {
    return (host, _) -> {
      throw HostDenied.ungranted(host, "network", "wasi:sockets/" + interfaceName);
    };
  }

  /** The resource {@code network}: it reaches nothing. */
  private record NoNetwork() {}
}
