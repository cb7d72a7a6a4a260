package io.calcitewasm.host.context;

import io.calcitewasm.component.HostCall;
import io.calcitewasm.host.provision.FileTree;
import io.calcitewasm.host.provision.KeyValueScope;
import io.calcitewasm.host.provision.Provision;
import io.calcitewasm.policy.Capability;
import io.calcitewasm.policy.LiveGrants;
import java.util.SortedMap;
import org.slf4j.event.Level;

/**
 * What the host knows about one instance: the module it belongs to, the statement it works for and
 * the state that host services keep for it. It is the instance's user data. Like the instance, it
 * is used by one thread at a time.
 *
 * <p>The host's state is part of the instance's state, so isolation must undo it too: {@link
 * #remember()} once after instantiation and {@code on-load}, {@link #restore()} where the instance
 * is put back to how it was then.
 */
public final class HostContext {
  private final String module;
  private final String version;
  private final Provision provision;
  private final GuestClock clock;
  private final GuestRandom random;
  private final HostMemory memory = new HostMemory();
  private final GuestLog log;
  private final LineWriter stdout;
  private final LineWriter stderr;
  private StatementContext statement;
  private long rememberedWait;
  private long rememberedSeed;
  private boolean used;
  private boolean loading;

  private HostContext(Builder builder) {
    this.module = builder.module;
    this.version = builder.version;
    this.statement = builder.statement;
    this.provision = builder.provision;
    this.clock =
        provision.grants().has(Capability.CLOCK)
            ? new SystemClock(() -> check(Capability.CLOCK))
            : new FrozenClock(this::statement);
    this.random =
        provision.grants().has(Capability.RANDOM) ? new SystemRandom() : new FixedSeedRandom();
    this.log = new GuestLog(module, () -> statement().logBudget(module));
    this.stdout = new LineWriter(log, Level.INFO, "stdout: ");
    this.stderr = new LineWriter(log, Level.WARN, "stderr: ");
    remember();
  }

  /**
   * The context of an instance to be, with nothing granted.
   *
   * @param module the module's name
   * @param version what tells the module's versions apart in messages
   * @param statement the statement the instance works for first
   */
  public static Builder builder(String module, String version, StatementContext statement) {
    return new Builder(module, version, statement);
  }

  /**
   * The context of the instance that calls.
   *
   * @throws IllegalStateException its user data is none: the host has instantiated it wrongly
   */
  public static HostContext of(HostCall call) {
    if (call.instance().userData() instanceof HostContext context) {
      context.used = true;
      return context;
    }
    throw new IllegalStateException("an instance's user data must be its HostContext");
  }

  /**
   * Whether the guest has asked the host for anything since the state that {@link #restore} returns
   * to.
   */
  public boolean isUsed() {
    return used;
  }

  /** The module's name. */
  public String module() {
    return module;
  }

  /** What tells the module's versions apart in messages. */
  public String version() {
    return version;
  }

  /** The statement the instance works for now. */
  public StatementContext statement() {
    return statement;
  }

  /** Hands the instance to another statement. */
  public void attach(StatementContext next) {
    finishLines();
    statement = next;
  }

  /** What the module was granted. Services ask it at every call, with {@link #check} first. */
  public LiveGrants grants() {
    return provision.grants();
  }

  /**
   * Agrees silently unless a capability that the instance was made with has been revoked since.
   *
   * @throws HostDenied if it has been
   */
  public void check(Capability capability) {
    if (provision.grants().isRevoked(capability)) {
      throw HostDenied.revoked(this, capability.sqlName());
    }
  }

  /**
   * Environment variables by name, in order of their names.
   *
   * @throws HostDenied if they have been revoked
   */
  public SortedMap<String, String> environment() {
    check(Capability.ENVIRONMENT);
    return provision.environment();
  }

  /**
   * The files that the guest sees.
   *
   * @throws HostDenied if they have been revoked
   */
  public FileTree files() {
    check(Capability.FILESYSTEM);
    return provision.files();
  }

  /**
   * What the guest may do with its module's part of the key-value store.
   *
   * @throws HostDenied if it has been revoked
   */
  public KeyValueScope keyValues() {
    check(Capability.KV);
    return provision.keyValues();
  }

  /** Whether the guest is being told that it is loaded, which belongs to no statement. */
  public boolean isLoading() {
    return loading;
  }

  /** Tells whether the guest is being told that it is loaded. */
  public void loading(boolean now) {
    loading = now;
  }

  /**
   * The instance's clocks.
   *
   * @throws HostDenied if they have been revoked
   */
  public GuestClock clock() {
    check(Capability.CLOCK);
    return clock;
  }

  /**
   * The instance's random numbers.
   *
   * @throws HostDenied if they have been revoked
   */
  public GuestRandom random() {
    check(Capability.RANDOM);
    return random;
  }

  /** What the host holds for the instance. */
  public HostMemory memory() {
    return memory;
  }

  /** The instance's log. */
  public GuestLog log() {
    return log;
  }

  /** Where the instance's standard output goes. */
  public LineWriter stdout() {
    return stdout;
  }

  /** Where the instance's standard error goes. */
  public LineWriter stderr() {
    return stderr;
  }

  /** Takes the present state as the one that {@link #restore()} returns to. */
  public void remember() {
    rememberedWait = clock instanceof FrozenClock frozen ? frozen.waited() : 0;
    rememberedSeed = random instanceof FixedSeedRandom fixed ? fixed.state() : 0;
    memory.remember();
    used = false;
  }

  /**
   * Puts clocks, random numbers and what is held back to where they were, and logs unfinished
   * lines.
   */
  public void restore() {
    finishLines();
    if (clock instanceof FrozenClock frozen) {
      frozen.setWaited(rememberedWait);
    }
    if (random instanceof FixedSeedRandom fixed) {
      fixed.setState(rememberedSeed);
    }
    memory.restore();
    used = false;
  }

  /** Logs what the guest wrote without ending the line; to be called when its call has ended. */
  public void finishLines() {
    stdout.finish();
    stderr.finish();
  }

  /** A context under construction. */
  public static final class Builder {
    private final String module;
    private final String version;
    private final StatementContext statement;
    private Provision provision = Provision.NONE;

    private Builder(String module, String version, StatementContext statement) {
      this.module = module;
      this.version = version;
      this.statement = statement;
    }

    /** Gives what the instance's version is given. */
    public Builder provision(Provision given) {
      provision = given;
      return this;
    }

    /** The context. */
    public HostContext build() {
      return new HostContext(this);
    }
  }
}
