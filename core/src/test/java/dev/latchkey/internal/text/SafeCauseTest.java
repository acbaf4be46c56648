package dev.latchkey.internal.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.CompletionException;
import javax.naming.CompositeName;
import javax.naming.NamingException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is left of the JDK's and other libraries' messages in a chain of causes. */
class SafeCauseTest {

  private static final String SECRET = "eyJ0eXAi-secret";
  private static final String QUOTING =
      "parsing HTTP/1.1 status line, receiving [{\"access_token\":\"" + SECRET + "\"}]";

  @Test
  void quotedBodyIsLeftOutAndTheClassAndTheStackStay() {
    IOException foreign = new IOException(QUOTING);

    IOException safe = SafeCause.of(foreign);

    assertThat(safe).isExactlyInstanceOf(IOException.class).hasMessage("[message left out]");
    assertThat(safe.getStackTrace()).isEqualTo(foreign.getStackTrace());
  }

  @Test
  void messagesOfNestedAndSuppressedExceptionsAreLeftOutToo() {
    Throwable outer = new IOException("Connection reset", new ProtocolException(QUOTING));
    Throwable closing = new IllegalStateException(SECRET, new NumberFormatException(SECRET));
    outer.addSuppressed(closing);

    Throwable safe = SafeCause.of(outer);

    assertThat(printed(safe)).doesNotContain(SECRET);
    assertThat(safe)
        .isExactlyInstanceOf(IOException.class)
        .hasMessage("Connection reset")
        .hasCauseExactlyInstanceOf(ProtocolException.class);
    assertThat(safe.getSuppressed()[0])
        .isExactlyInstanceOf(IllegalStateException.class)
        .hasCauseExactlyInstanceOf(NumberFormatException.class);
    assertThat(safe.getStackTrace()).isEqualTo(outer.getStackTrace());
    assertThat(safe.getSuppressed()[0].getStackTrace()).isEqualTo(closing.getStackTrace());
  }

  @Test
  void wrapperThatRepeatsTheMessageOfItsCauseDoesNotBringItBack() {
    Throwable wrapped = new CompletionException(new UncheckedIOException(new IOException(QUOTING)));

    Throwable safe = SafeCause.of(wrapped);

    assertThat(printed(safe))
        .doesNotContain(SECRET)
        .contains("java.util.concurrent.CompletionException", "java.io.UncheckedIOException");
  }

  @Test
  void exceptionOfAnotherLibraryIsReplacedByAStandInWithItsNameAndStack() {
    com.google.gson.JsonSyntaxException foreign =
        new com.google.gson.JsonSyntaxException("Expected a name but was " + SECRET);

    Throwable safe = SafeCause.of(foreign);

    assertThat(safe)
        .isInstanceOf(RuntimeException.class)
        .hasMessage("com.google.gson.JsonSyntaxException: [message left out]");
    assertThat(safe.getStackTrace()).isEqualTo(foreign.getStackTrace());
  }

  @Test
  void whatToStringAddsToTheMessageIsLeftOutToo() throws Exception {
    NamingException talkative = new NamingException("Connection reset");
    talkative.setRemainingName(new CompositeName(SECRET));
    assertThat(talkative.toString()).contains(SECRET);

    Throwable safe = SafeCause.of(talkative);

    assertThat(safe).isExactlyInstanceOf(NamingException.class).hasMessage("Connection reset");
    assertThat(printed(safe)).doesNotContain(SECRET);
  }

  @Test
  void harmlessChainStaysItself() {
    Throwable refused =
        new ConnectException("Connection refused").initCause(new IOException("Connection reset"));

    assertThat(SafeCause.of(refused)).isSameAs(refused);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "PKIX path building failed: sun.security.provider.certpath.SunCertPathBuilderException:"
            + " unable to find valid certification path to requested target",
        "(certificate_unknown) No subject alternative DNS name matching login.example.com found.",
        "(certificate_unknown) PKIX path building failed:"
            + " sun.security.provider.certpath.SunCertPathBuilderException: unable to find valid"
            + " certification path to requested target",
        "PKIX path validation failed: java.security.cert.CertPathValidatorException: validity check"
            + " failed",
        "NotAfter: Sat Jan 01 00:00:00 UTC 2022",
        "Received fatal alert: handshake_failure",
        "Remote host terminated the handshake",
        "Unsupported or unrecognized SSL message",
      })
  void whatTlsSaysOfItselfStays(String message) {
    assertThat(SafeCause.message(new SSLHandshakeException(message))).isEqualTo(message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Connection reset\n" + SECRET,
        "Connection reset \u001b[2J",
        SECRET + " Connection reset",
        "For input string: \"" + SECRET + "\"",
        "Invalid status line: \"{access_token\"",
        "Illegal character in path at index 2: " + SECRET,
      })
  void whatIsNotKnownWhollyIsLeftOut(String message) {
    assertThat(SafeCause.message(new IOException(message))).isNull();
    assertThat(SafeCause.describe(new IOException(message))).isEqualTo("java.io.IOException");
  }

  @Test
  void namesOfFilesStayUnlessTheyHoldEscapeSequences() {
    Throwable plain = catchThrowable(() -> Files.size(Path.of("/nonexistent/file")));
    Throwable escaping = new NoSuchFileException("\u001b]0;owned\u0007");

    assertThat(SafeCause.of(plain)).isSameAs(plain);
    assertThat(SafeCause.message(escaping)).isNull();
  }

  @Test
  void circleOfCausesEnds() {
    RuntimeException one = new IllegalStateException(SECRET);
    RuntimeException other = new IllegalStateException(SECRET, one);
    one.initCause(other);

    assertThat(printed(SafeCause.of(one))).doesNotContain(SECRET);
  }

  @Test
  void longChainIsCutAndKeepsItsBeginning() {
    Throwable chain = new IOException(SECRET);
    for (int i = 0; i < 10_000; i++) {
      chain = new IOException(SECRET, chain);
    }

    Throwable safe = SafeCause.of(chain);

    assertThat(printed(safe)).doesNotContain(SECRET);
    assertThat(safe).hasCauseExactlyInstanceOf(IOException.class);
  }

  private static String printed(Throwable thrown) {
    StringWriter text = new StringWriter();
    thrown.printStackTrace(new PrintWriter(text));
    return text.toString();
  }
}
