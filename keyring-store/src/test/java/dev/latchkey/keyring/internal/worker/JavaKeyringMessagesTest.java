package dev.latchkey.keyring.internal.worker;

import static dev.latchkey.error.TokenStoreFailure.Problem.AMBIGUOUS;
import static dev.latchkey.error.TokenStoreFailure.Problem.LOCKED;
import static dev.latchkey.error.TokenStoreFailure.Problem.UNAVAILABLE;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.javakeyring.PasswordAccessException;
import dev.latchkey.error.TokenStoreFailure;
import dev.latchkey.error.TokenStoreFailure.Problem;
import dev.latchkey.keyring.KeyringBackend;
import dev.latchkey.keyring.KeyringLocked;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The messages of java-keyring 1.0.4 on each system. */
class JavaKeyringMessagesTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "No stored credentials match app account: h.1",
        "No password to delete. No stored credentials match app account: h.1",
        "Password is not in wallet",
        "Password cannot be deleted, it is not in wallet",
        "Error code 1168"
      })
  void absenceIsNotAFailure(String message) {
    assertThat(JavaKeyringMessages.saysAbsent(new PasswordAccessException(message))).isTrue();
  }

  /** A record taken for absent would sign the person out. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Error code 11680",
        "Error code 1312",
        "Failed to get credential. User interaction is not allowed.",
        "No password to delete. Failed to get credential. User interaction is not allowed.",
        "Too many stored credentials match app account: h.1",
        ""
      })
  void aFailureIsNotAbsence(String message) {
    assertThat(JavaKeyringMessages.saysAbsent(new PasswordAccessException(message))).isFalse();
  }

  @Test
  void windowsWithoutALogonSessionIsUnavailable() {
    TokenStoreFailure failure = failure("Error code 1312", UNAVAILABLE);

    assertThat(failure.remedy()).contains("not over SSH");
  }

  @Test
  void otherErrorsOfWindowsKeepTheirNumber() {
    TokenStoreFailure failure = failure("Error code 1783", UNAVAILABLE);

    assertThat(failure).hasMessageContaining("Error code 1783");
  }

  @Test
  void aKeychainThatCannotAskIsLocked() {
    TokenStoreFailure failure =
        failure("Failed to set credential. User interaction is not allowed.", LOCKED);

    assertThat(failure).isInstanceOf(KeyringLocked.class);
    assertThat(failure.remedy()).contains("security unlock-keychain");
  }

  /** The last one is what java-keyring makes of an entry that it may not read. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Failed to get credential. User canceled the operation.",
        "Failed to get credential. The user name or passphrase you entered is not correct.",
        "Failed to set credential. The specified item already exists in the keychain."
      })
  void aDialogThatThePersonRefusedIsALock(String message) {
    TokenStoreFailure failure = failure(message, LOCKED);

    assertThat(failure).isInstanceOf(KeyringLocked.class);
    assertThat(failure.remedy()).contains("Always Allow");
    assertThat(JavaKeyringMessages.saysAbsent(new PasswordAccessException(message))).isFalse();
  }

  @Test
  void severalEntriesAreAmbiguous() {
    TokenStoreFailure failure =
        failure("Too many stored credentials match app account: d.1.0.0", AMBIGUOUS);

    assertThat(failure.remedy())
        .contains("secret-tool clear service app account h.1; ")
        .contains("secret-tool clear service app account d.1.0.0,");
  }

  private static TokenStoreFailure failure(String message, Problem problem) {
    TokenStoreFailure failure =
        JavaKeyringMessages.failure(
            new PasswordAccessException(message),
            KeyringBackend.WINDOWS_CREDENTIAL_MANAGER.toString(),
            "app",
            "d.1.0.0");
    assertThat(failure.problem()).isEqualTo(problem);
    assertThat(failure.remedy()).isNotBlank();
    return failure;
  }

  @Test
  void messageThatQuotesASecretIsInNoFailure() {
    String secret = "refresh-token-of-adele";
    PasswordAccessException quoting = new PasswordAccessException("Error code 5 for " + secret);
    quoting.initCause(new IllegalStateException("cannot store " + secret));
    quoting.addSuppressed(new IllegalStateException("cannot close " + secret));

    TokenStoreFailure failure =
        JavaKeyringMessages.failure(
            quoting, KeyringBackend.WINDOWS_CREDENTIAL_MANAGER.toString(), "service", "name");

    StringWriter printed = new StringWriter();
    failure.printStackTrace(new PrintWriter(printed));
    assertThat(printed.toString())
        .doesNotContain(secret)
        .contains(PasswordAccessException.class.getName(), IllegalStateException.class.getName());
    assertThat(Objects.requireNonNull(failure.getCause()).getStackTrace())
        .isEqualTo(quoting.getStackTrace());
  }
}
