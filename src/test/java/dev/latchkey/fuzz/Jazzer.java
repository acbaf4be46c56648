package dev.latchkey.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Runs Jazzer on one target, in a process of its own; {@code -Dfuzz.seconds} says for how long. */
final class Jazzer {

  private static final int SECONDS = Integer.getInteger("fuzz.seconds", 20);

  private Jazzer() {}

  static void run(FuzzTarget target, Path seeds) throws IOException, InterruptedException {
    Path output = Path.of("target", "fuzz", target.directory());
    // What a run has found new is where the next one begins.
    Path corpus = Files.createDirectories(output.resolve("corpus"));
    Path log = output.resolve("log.txt");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of("-Xmx1g", "-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path")));
    String constant = ((Enum<?>) target).getDeclaringClass().getName() + "." + target.name();
    command.add("-D" + FuzzDriver.TARGET + "=" + constant);
    command.add("-D" + FuzzDriver.SEEDS + "=" + seeds);
    command.add("com.code_intelligence.jazzer.Jazzer");
    command.add("--target_class=" + FuzzDriver.class.getName());
    command.add("--instrumentation_includes=dev.latchkey.**:com.google.gson.**");
    command.add("--reproducer_path=" + output);
    command.add("-artifact_prefix=" + output + "/");
    command.add("-max_total_time=" + SECONDS);
    // In seconds, for one input: time is a verdict, too. Linear time is a hundredth of it.
    command.add("-timeout=10");
    command.addAll(List.of("-max_len=8192", "-len_control=100", "-print_final_stats=1"));
    command.addAll(List.of(corpus.toString(), seeds.toString()));
    Process jazzer =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    try {
      int status = jazzer.waitFor();
      try (Stream<String> lines = Files.lines(log)) {
        lines
            .filter(line -> line.contains("number_of_executed_units"))
            .forEach(line -> System.out.println(target.name() + ": " + line));
      }
      assertThat(status).as("%s says what was found, and where it lies", log).isZero();
    } finally {
      jazzer.destroyForcibly();
    }
  }
}
