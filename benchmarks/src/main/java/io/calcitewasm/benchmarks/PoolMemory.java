package io.calcitewasm.benchmarks;

import io.calcitewasm.component.Caps;
import io.calcitewasm.component.Component;
import io.calcitewasm.component.ComponentEngine;
import io.calcitewasm.component.Instance;
import io.calcitewasm.component.InstanceOptions;
import io.calcitewasm.component.InvalidComponentException;
import io.calcitewasm.component.LinkException;
import io.calcitewasm.component.LinkedComponent;
import io.calcitewasm.component.Linker;
import io.calcitewasm.guest.Guests;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.management.JMException;
import javax.management.ObjectName;

/** What an instance that waits in a pool holds, on Java's heap and outside it. */
public final class PoolMemory {
  private static final String NAME = "memory";
  private static final List<String> GUESTS =
      List.of("fixtures/pages-1", "fixtures/pages-17", "fixtures/pages-100", "components/text");
  private static final int INSTANCES = 32;
  private static final Pattern OTHER =
      Pattern.compile("Other \\(reserved=\\d+, committed=(\\d+)\\)");

  private PoolMemory() {}

  static List<Figure> measure() throws IOException, InterruptedException {
    List<Figure> figures = new ArrayList<>();
    String engine = JmhRun.engine(ForkedJvm.ownArguments());
    for (String guest : GUESTS) {
      String name = guest.substring(guest.indexOf('/') + 1);
      List<String> lines =
          ForkedJvm.run(List.of("-XX:NativeMemoryTracking=summary"), PoolMemory.class, guest);
      String[] words = lines.getLast().split(" ", -1);
      figures.add(Figure.ofBytes(NAME, name + "_heap", Double.parseDouble(words[0]), engine));
      figures.add(Figure.ofBytes(NAME, name + "_native", Double.parseDouble(words[1]), engine));
    }
    return figures;
  }

  /** Makes instances of a guest: bytes of heap and of native memory for each of them. */
  public static void main(String[] arguments)
      throws JMException, InvalidComponentException, LinkException {
    try (ComponentEngine engine = ComponentEngine.create()) {
      LinkedComponent linked =
          engine.link(
              Component.read(Guests.bytes(arguments[0]), Caps.DEFAULT), Linker.builder().build());
      List<Instance> instances = new ArrayList<>(instances(linked, 1));
      long heap = heap();
      long other = other();
      instances.addAll(instances(linked, INSTANCES));
      System.out.println((heap() - heap) / INSTANCES + " " + (other() - other) / INSTANCES);
      instances.forEach(Instance::close);
    }
  }

  private static List<Instance> instances(LinkedComponent linked, int count) {
    List<Instance> instances = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Instance instance = linked.instantiate(InstanceOptions.DEFAULT.withReset());
      if (!instance.mark()) {
        throw new IllegalStateException("the instance cannot be put back");
      }
      instances.add(instance);
    }
    return instances;
  }

  private static long heap() {
    for (int i = 0; i < 4; i++) {
      System.gc();
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  private static long other() throws JMException {
    String summary =
        (String)
            ManagementFactory.getPlatformMBeanServer()
                .invoke(
                    new ObjectName("com.sun.management:type=DiagnosticCommand"),
                    "vmNativeMemory",
                    new Object[] {new String[] {"summary", "scale=B"}},
                    new String[] {String[].class.getName()});
    Matcher matcher = OTHER.matcher(summary);
    return matcher.find() ? Long.parseLong(matcher.group(1)) : 0;
  }
}
