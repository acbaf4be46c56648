package dev.latchkey.internal.text;

import java.nio.file.FileSystemException;
import java.util.regex.Pattern;

/**
 * The messages of exceptions that are not of our classes, and that quote nothing from a server or a
 * store. A message that is missing here costs a developer some words in a stack trace; one that is
 * here wrongly may cost a token.
 */
final class HarmlessMessages {

  /** None of those below is longer. */
  private static final int MAX_LENGTH = 300;

  private static final String HOST = "[A-Za-z0-9.:_-]+";

  /**
   * TLS, which fails before a secret is sent. The names in a certificate are not here: it may hold
   * anything. JDK 25 puts the alert before each of these.
   */
  private static final String TLS =
      String.join(
          "|",
          "(PKIX path building failed: sun\\.security\\.provider\\.certpath\\."
              + "SunCertPathBuilderException: )?"
              + "unable to find valid certification path to requested target",
          "(PKIX path validation failed: java\\.security\\.cert\\.CertPathValidatorException: )?"
              + "(validity|signature) check failed",
          "((Unexpected error|PKIX path building failed): )?"
              + "(java\\.security\\.InvalidAlgorithmParameterException: )?"
              + "the trustAnchors parameter must be non-empty",
          "Not(Before|After): [A-Za-z0-9: ]{1,60}",
          "No subject alternative (DNS |IP )?names? present",
          "No subject alternative (DNS name|names) matching (IP address )?" + HOST + " found\\.?",
          "No name matching " + HOST + " found",
          "No appropriate protocol \\(protocol is disabled or cipher suites are inappropriate\\)",
          "Received fatal alert: [a-z_]+",
          "Remote host (terminated the handshake|closed connection during handshake)",
          "Unsupported or unrecognized SSL message",
          "Unrecognized SSL message, plaintext connection\\?",
          "Connection or (in|out)bound has closed|SSL peer shut down incorrectly");

  private static final Pattern TEXTS =
      Pattern.compile(
          String.join(
              "|",
              // Connections, as the JDK and the operating systems describe them.
              "Connection (refused|reset|reset by peer|timed out|closed by peer)",
              "Connection refused: (no further information|getsockopt|connect)",
              "Broken pipe|No route to host|Network is unreachable|Host is down|Socket closed",
              "An established connection was aborted by the software in your host machine",
              "(HTTP connect|request|connect|Read) timed out|(Connection|connection) closed",
              "closed|connection closed locally|(closed|Output) (output|closed)|shutdownNow",
              "selector manager closed|[Rr]equest cancelled|EOF reached while reading",
              "HTTP/1\\.1 header parser received no bytes|too many concurrent streams",
              "fixed content-length: \\d+, bytes received: \\d+",
              "chunked transfer encoding, state: [A-Z_0-9]+",
              "(Received RST_STREAM: |RST_STREAM received |Reset: )[A-Za-z_ -]+",
              "Stream \\d+ cancelled|" + HOST + ": GOAWAY received|GOAWAY received",
              "Tunnel failed, got: \\d{3}|No credentials provided",
              "too many authentication attempts\\. Limit: \\d+|Too many retries",
              "(\\([a-z_]+\\) )?(" + TLS + ")",
              // The Java platform.
              "Index -?\\d+ out of bounds for length \\d+|Java heap space|sleep interrupted",
              "unable to create native thread: possibly out of memory or process/resource limits"
                  + " reached",
              "(SHA-256 MessageDigest|[A-Za-z0-9/]+ (Cipher|Mac|KeyFactory|Algorithm)) not"
                  + " available",
              "No space left on device|Disk quota exceeded|Input/output error|File too large",
              "Read-only file system|Too many open files|Permission denied",
              // java-keyring on Windows.
              "Error code \\d{1,10}",
              // This library, where it throws an exception of the JDK.
              "The request was withdrawn before it was sent|HTTP \\d{3} without a body",
              "the proxy refused the tunnel|the answer broke off|interrupted( while waiting)?",
              "(no answer within|nothing came for) \\d+ ms",
              "The keyring('s answer cannot be decrypted| is gone| did not open a session)\\.",
              "The keyring refused [A-Za-z]+\\.|The secret cannot be encrypted\\.",
              "KWallet is gone\\.|D-Bus call failed: [A-Za-z]+|called from",
              "No encrypted session with the keyring"));

  private HarmlessMessages() {}

  /** Whether a message of a foreign exception quotes nothing. */
  static boolean includes(Throwable foreign, String message) {
    if (!Text.isClean(message)) {
      return false; // the name of a file may hold an escape sequence
    }
    // A path that the application named, and the operating system's reason in its own language; or
    // the name of a class.
    return foreign instanceof FileSystemException
        || foreign instanceof LinkageError
        || isFromTheSystem(foreign.getStackTrace())
        || (message.length() <= MAX_LENGTH && TEXTS.matcher(message).matches());
  }

  /** Native code of the Java platform says what the operating system says, and nothing else. */
  private static boolean isFromTheSystem(StackTraceElement[] stack) {
    return stack.length > 0
        && stack[0].isNativeMethod()
        && "java.base".equals(stack[0].getModuleName());
  }
}
