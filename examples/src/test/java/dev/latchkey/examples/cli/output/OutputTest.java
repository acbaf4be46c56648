package dev.latchkey.examples.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import dev.latchkey.examples.cli.terminal.Interrupts;
import dev.latchkey.examples.cli.terminal.Shell;
import dev.latchkey.examples.cli.terminal.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OutputTest {

  private static final String NAME = "J\u00f6rg \ud83d\udd11 \u001b[31m\u202e\"";

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void jsonIsTheSameInEveryLocale() {
    JsonObject event = new JsonObject();
    event.addProperty("name", NAME);

    output(true, StandardCharsets.US_ASCII).event(event);

    String line = out.toString(StandardCharsets.US_ASCII);
    assertThat(line).matches("[ -~]+\\R");
    assertThat(new Gson().fromJson(line, JsonObject.class)).isEqualTo(event);
  }

  @Test
  void textCannotMoveTheCursor() {
    output(false, StandardCharsets.UTF_8).tell(NAME);

    assertThat(err.toString(StandardCharsets.UTF_8))
        .isEqualTo("J\u00f6rg \ud83d\udd11  [31m \"" + System.lineSeparator());
  }

  /** A person who is called so would have an account of his own in the list. */
  @Test
  void nameWithALineBreakForgesNoLine() {
    String name = "Adele\n0123abcd  mallory  ready\u2028x\u3164\u202e";
    Output output = output(false, StandardCharsets.UTF_8);

    output.result(new JsonObject(), "1  " + name, "2");
    output.tell("Signed in as " + name + ".");

    assertThat(out.toString(StandardCharsets.UTF_8).lines())
        .containsExactly("1  Adele 0123abcd  mallory  ready x  ", "2");
    assertThat(err.toString(StandardCharsets.UTF_8).lines())
        .containsExactly("Signed in as Adele 0123abcd  mallory  ready x  .");
  }

  @Test
  void qrCodeIsOmittedIfTheTerminalCannotShowIt() {
    assertThat(output(false, StandardCharsets.UTF_8).showsBlocks()).isTrue();
    assertThat(output(false, StandardCharsets.ISO_8859_1).showsBlocks()).isFalse();
  }

  private Output output(boolean json, Charset charset) {
    return new Output(
        new Shell(
            Map.of(),
            new PrintStream(out, true, charset),
            new PrintStream(err, true, charset),
            charset,
            Terminal.NONE,
            new Interrupts()),
        json);
  }
}
