package io.calcitewasm.jdbc.cli;

import java.util.concurrent.Callable;

/**
 * A sub-command that another module brings as a service ({@link java.util.ServiceLoader}): a class
 * with picocli's {@code @Command} annotation and a public constructor without parameters. {@code
 * call} returns the exit status. It reaches the streams through a field {@code @ParentCommand
 * Main}.
 */
public interface ContributedCommand extends Callable<Integer> {}
