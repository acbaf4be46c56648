package dev.latchkey.interop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A program started for the suite, with its output in a file under {@code target}, that never
 * outlives this JVM.
 *
 * <p>A shell stands between: it starts the program in a process group of its own and ends that
 * whole group when its standard input closes. The operating system closes that pipe even if this
 * JVM is killed, when no shutdown hook runs; and the group also holds what the program started.
 */
final class ChildProcess implements AutoCloseable {
  private static final String TIED_TO_STANDARD_INPUT =
      """
      set -m
      "$@" </dev/null &
      child=$!
      {
        read -r _
        kill -TERM -- "-$child"
        for _ in {1..50}; do
          kill -0 -- "-$child" || exit 0
          sleep 0.1
        done
        kill -KILL -- "-$child"
      } 2>/dev/null &
      watcher=$!
      exec 2>/dev/null
      wait "$child"
      status=$?
      kill -KILL -- "-$watcher"
      exit "$status"
      """;

  private static final int QUOTED_CHARACTERS = 4_000;
  private static final Duration PATIENCE_AT_CLOSE = Duration.ofSeconds(15);
  private static final AtomicInteger STARTED = new AtomicInteger();

  private static final Set<ChildProcess> RUNNING = ConcurrentHashMap.newKeySet();

  private final String name;
  private final Process shell;
  private final Path log;

  private ChildProcess(String name, Process shell, Path log) {
    this.name = name;
    this.shell = shell;
    this.log = log;
  }

  static ChildProcess start(
      String name, Path directory, Map<String, String> environment, List<String> command) {
    String file =
        "%s-%d-%d.log".formatted(name, ProcessHandle.current().pid(), STARTED.incrementAndGet());
    Path log = Workspace.target("logs").resolve(file);
    List<String> tied =
        new ArrayList<>(
            List.of(Part.program("bash").toString(), "-c", TIED_TO_STANDARD_INPUT, name));
    tied.addAll(command);
    ProcessBuilder builder =
        new ProcessBuilder(tied)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().putAll(environment);
    try {
      ChildProcess process = new ChildProcess(name, builder.start(), log);
      RUNNING.add(process);
      return process;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Those that nobody has closed. */
  static Set<ChildProcess> running() {
    return Set.copyOf(RUNNING);
  }

  /** Waits until the program has printed what the pattern describes. */
  MatchResult awaitOutput(Pattern pattern, Duration patience) {
    long deadline = System.nanoTime() + patience.toNanos();
    while (true) {
      // Asked before the output is read: what a program printed before it ended is then not missed.
      boolean ended = !shell.isAlive();
      Matcher matcher = pattern.matcher(output());
      if (matcher.find()) {
        return matcher.toMatchResult();
      }
      if (ended) {
        throw failure("ended with status " + shell.exitValue());
      }
      if (System.nanoTime() - deadline > 0) {
        throw failure("did not print /" + pattern + "/ within " + patience);
      }
      pause(Duration.ofMillis(50));
    }
  }

  /** Waits until the program has ended by itself, well. */
  void awaitSuccess(Duration patience) {
    try {
      if (!shell.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        throw failure("did not end within " + patience);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failure("was waited for, and the wait was interrupted");
    }
    if (shell.exitValue() != 0) {
      throw failure("ended with status " + shell.exitValue());
    }
  }

  /** All that the program has printed so far. */
  String output() {
    try {
      return new String(Files.readAllBytes(log), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where the output is, and how it ends. */
  String quote() {
    String output = output();
    String end = output.substring(Math.max(0, output.length() - QUOTED_CHARACTERS));
    return "The output of %s, %s, ends:%n%s".formatted(name, log, end);
  }

  /** A failure of this program that quotes the end of its output. */
  IllegalStateException failure(String what) {
    return new IllegalStateException("%s %s. %s".formatted(name, what, quote()));
  }

  /** The program and all it started. */
  List<ProcessHandle> processes() {
    return shell.descendants().toList();
  }

  @Override
  public void close() {
    RUNNING.remove(this);
    List<ProcessHandle> family = processes();
    try {
      shell.getOutputStream().close();
    } catch (IOException e) {
      // The pipe is broken: the shell has ended already.
    }
    try {
      if (!shell.waitFor(PATIENCE_AT_CLOSE.toMillis(), TimeUnit.MILLISECONDS)) {
        shell.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      shell.destroyForcibly();
    }
    // What left the process group, as browsers may.
    family.forEach(ProcessHandle::destroyForcibly);
  }

  private static void pause(Duration time) {
    try {
      Thread.sleep(time.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
