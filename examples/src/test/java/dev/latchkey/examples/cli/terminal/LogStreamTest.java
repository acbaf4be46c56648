package dev.latchkey.examples.cli.terminal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the log and a stack trace let through, whoever wrote them. */
class LogStreamTest {

  private static final String TOKEN =
      "eyJ0eXAiOiJKV1QiLCJhbGciOiJSUzI1NiJ9eyJhdWQiOiIwMDAwMDAwMy0wMDAwIn0";

  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private final LogStream log = new LogStream(written, UTF_8);

  @Test
  void recordCannotMoveTheCursorOrForgeAnotherRecord() {
    log.println("granted [\u001b]0;owned\u0007Mail.Read\u009b2J\n00:00 INFO all is well\u2028x\r]");

    assertThat(lines())
        .containsExactly("granted [ ]0;owned Mail.Read 2J 00:00 INFO all is well x ]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\u3164",
        "\u2800",
        "\u034f",
        "\u115f",
        "\uffa0",
        "\u17b5",
        "\u180e",
        "\ufe0f",
        "\udb40\udd00",
        "\udb40\udc41",
        "\u200b",
        "\u202e",
        "\u2069",
      })
  void invisibleCharactersAreSpaces(String invisible) {
    log.println("ten" + invisible + "ant" + invisible);

    assertThat(lines()).containsExactly("ten ant ");
    assertThat(Printable.line("ten" + invisible + "ant")).isEqualTo("ten ant");
  }

  @Test
  void tokenThatAnotherLibraryLogsIsLeftOut() {
    log.println(
        "received {\"access_token\":\"" + TOKEN + "\"} of 9122040d-6c67-4c5b-b112-36a304b66dad");

    assertThat(lines())
        .containsExactly(
            "received {\"access_token\":\"[redacted]\"} of 9122040d-6c67-4c5b-b112-36a304b66dad");
  }

  @ParameterizedTest
  @MethodSource
  void whatIsPrintedByAnyMethodIsOneFilteredLine(Consumer<LogStream> print) {
    print.accept(log);

    assertThat(written.toString(UTF_8)).isEqualTo("ä [redacted]  [2J 00:00 INFO forged");
  }

  static Stream<Consumer<LogStream>> whatIsPrintedByAnyMethodIsOneFilteredLine() {
    String text = "ä " + TOKEN + "\n\u001b[2J\u202e00:00 INFO forged";
    return Stream.of(
        log -> log.print(text),
        log -> log.print((Object) text),
        log -> log.print(text.toCharArray()),
        log -> log.append(text),
        log -> log.append("<" + text + ">", 1, text.length() + 1),
        log -> log.printf("%s", text));
  }

  @Test
  void printedCharactersAndLinesAreFiltered() {
    log.print('\u001b');
    log.append('\u202e');
    log.print('\n');
    log.println('\u009b');
    log.println((TOKEN + "\nforged").toCharArray());
    log.println(7);
    log.print(true);

    assertThat(lines()).containsExactly("    ", "[redacted] forged", "7", "true");
  }

  @ParameterizedTest
  @MethodSource
  void writtenBytesKeepTheirLineBreaksAndNothingElse(Writing writing) throws IOException {
    writing.write(log, ("ä " + TOKEN + "\r\n\tat \u001b[2J\rb\u2028c\n\nd").getBytes(UTF_8));

    assertThat(written.toString(UTF_8)).isEqualTo("ä [redacted]\r\n\tat  [2J b c\n\nd");
  }

  static Stream<Writing> writtenBytesKeepTheirLineBreaksAndNothingElse() {
    return Stream.of(
        LogStream::write,
        LogStream::writeBytes,
        (log, bytes) -> log.write(bytes, 0, bytes.length),
        (log, bytes) -> {
          for (byte each : bytes) {
            log.write(each);
          }
          log.flush();
        },
        (log, bytes) -> {
          for (byte each : bytes) {
            log.write(each);
          }
          log.close();
        });
  }

  @Test
  void bytesAndTextsKeepTheirOrderAndAnEndlessLineIsNotKept() {
    log.write('a');
    log.print("b");
    for (int i = 0; i < 8192; i++) {
      log.write('c');
    }

    assertThat(written.toString(UTF_8)).isEqualTo("ab" + "c".repeat(8192));
  }

  /** Some way to write bytes. */
  interface Writing {
    void write(LogStream log, byte[] bytes) throws IOException;
  }

  @Test
  void stackTraceKeepsItsLinesAndItsIndent() {
    new IllegalStateException("one\ntwo \u001b[2J", new Exception("c\u2028d")).printStackTrace(log);

    assertThat(lines())
        .startsWith("java.lang.IllegalStateException: one two  [2J")
        .anyMatch(line -> line.startsWith("\tat " + LogStreamTest.class.getName()))
        .contains("Caused by: java.lang.Exception: c d");
  }

  @Test
  void everythingThatIsWrittenToStandardErrorGoesThroughIt() {
    PrintStream before = System.err;
    try {
      System.setErr(new PrintStream(written, true, UTF_8));

      Logging.start(0);
      System.err.println("\u001b[2J");

      assertThat(System.err).isInstanceOf(LogStream.class);
      assertThat(lines()).containsExactly(" [2J");
    } finally {
      System.setErr(before);
    }
  }

  private java.util.List<String> lines() {
    return written.toString(UTF_8).lines().toList();
  }
}
