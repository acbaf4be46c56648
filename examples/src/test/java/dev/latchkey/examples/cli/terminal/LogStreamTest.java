package dev.latchkey.examples.cli.terminal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the log and a stack trace let through, whoever wrote them. */
class LogStreamTest {

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
    String token = "eyJ0eXAiOiJKV1QiLCJhbGciOiJSUzI1NiJ9eyJhdWQiOiIwMDAwMDAwMy0wMDAwIn0";

    log.println(
        "received {\"access_token\":\"" + token + "\"} of 9122040d-6c67-4c5b-b112-36a304b66dad");

    assertThat(lines())
        .containsExactly(
            "received {\"access_token\":\"[redacted]\"} of 9122040d-6c67-4c5b-b112-36a304b66dad");
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
