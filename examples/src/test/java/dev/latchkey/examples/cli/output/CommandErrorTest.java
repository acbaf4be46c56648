package dev.latchkey.examples.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonNull;
import dev.latchkey.error.AccountProblem;
import dev.latchkey.error.AdminActionRequired;
import dev.latchkey.error.AppMisconfigured;
import dev.latchkey.error.InvalidResponse;
import dev.latchkey.error.LatchkeyException;
import dev.latchkey.error.OAuthError;
import dev.latchkey.error.ServiceUnavailable;
import dev.latchkey.error.SignInCancelled;
import dev.latchkey.error.SignInDeclined;
import dev.latchkey.error.SignInExpired;
import dev.latchkey.error.SignInRequired;
import dev.latchkey.error.Throttled;
import dev.latchkey.error.TokenStoreFailure;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CommandErrorTest {

  private static final Map<Integer, List<LatchkeyException>> BY_STATUS =
      Map.of(
          10, List.of(signInRequired("{}")),
          11, List.of(new SignInDeclined("m", null, null, null)),
          12, List.of(new SignInExpired("m", null, null, null)),
          13, List.of(new AdminActionRequired("m", null, null, null)),
          14, List.of(new AppMisconfigured("m", null, null, null)),
          15, List.of(new AccountProblem("m", null, null, null)),
          16,
              List.of(
                  new Throttled(Duration.ofMillis(1500), "m", null, null, null),
                  new ServiceUnavailable(null, "m", null, null, null)),
          17, List.of(new InvalidResponse("m", null, null, null)),
          18, List.of(new TokenStoreFailure(TokenStoreFailure.Problem.LOCKED, "m", null, null)),
          130, List.of(new SignInCancelled("m", null, null, null)));

  private static SignInRequired signInRequired(String claims) {
    OAuthError error = OAuthError.of(400, "invalid_grant");
    return new SignInRequired(
        SignInRequired.Reason.POLICY, claims, null, "What\nhappened", error, "Do this.", null);
  }

  @Test
  void everyTypeOfTheFamilyHasItsExitStatusAndIsNamedByItsType() {
    Set<Class<?>> seen = new HashSet<>();
    BY_STATUS.forEach(
        (status, exceptions) ->
            exceptions.forEach(
                exception -> {
                  CommandError failure = CommandError.of(exception);

                  assertThat(failure.status()).isEqualTo(status);
                  assertThat(failure.type()).isEqualTo(exception.getClass().getSimpleName());
                  seen.add(exception.getClass());
                }));
    assertThat(seen).containsExactlyInAnyOrder(LatchkeyException.class.getPermittedSubclasses());
  }

  @Test
  void subclassesOfTokenStoreFailureExitWith18() {
    class KeyringOnFire extends TokenStoreFailure {
      private static final long serialVersionUID = 1L;

      KeyringOnFire() {
        super(Problem.TIMED_OUT, "m", "Call the fire brigade.", null);
      }
    }

    CommandError failure = CommandError.of(new KeyringOnFire());

    assertThat(failure.status()).isEqualTo(18);
    assertThat(failure.type()).isEqualTo("TokenStoreFailure");
    assertThat(failure.reason()).isEqualTo("timed_out");
  }

  @Test
  void eventHasEveryFieldAndNullForAbsentOnes() {
    var event = CommandError.of(signInRequired("{\"a\":1}")).event();

    assertThat(event.toString())
        .isEqualTo(
            "{\"event\":\"error\",\"type\":\"SignInRequired\",\"reason\":\"policy\","
                + "\"error\":\"invalid_grant\",\"aadsts\":[],\"message\":\"What\\nhappened\","
                + "\"remedy\":\"Do this.\",\"retry_after\":null,\"claims\":\"{\\\"a\\\":1}\"}");
    assertThat(CommandError.of(new SignInCancelled("m", null, null, null)).event().get("remedy"))
        .isEqualTo(JsonNull.INSTANCE);
  }

  @Test
  void waitIsRoundedUp() {
    var throttled = new Throttled(Duration.ofMillis(1500), "Busy", null, "Wait.", null);

    assertThat(CommandError.of(throttled).event().get("retry_after").getAsInt()).isEqualTo(2);
    assertThat(CommandError.of(throttled).text())
        .isEqualTo("latchkey: Busy\nWait.\nTry again in 2 s.");
  }

  @Test
  void everyTypeHasARemedyEvenIfTheLibraryGaveNone() {
    BY_STATUS.values().stream()
        .flatMap(List::stream)
        .filter(e -> !(e instanceof SignInCancelled))
        .forEach(e -> assertThat(CommandError.of(e).remedy()).as("%s", e).isNotBlank());
  }

  @Test
  void remedyForABusyServerIsToWaitAndAppearsOnce() {
    CommandError told =
        CommandError.of(new Throttled(Duration.ofSeconds(7), "Busy", null, null, null));
    CommandError silent = CommandError.of(new ServiceUnavailable(null, "Down", null, null, null));

    assertThat(told.event().get("remedy").getAsString()).isEqualTo("Try again in 7 s.");
    assertThat(told.text()).isEqualTo("latchkey: Busy\nTry again in 7 s.");
    assertThat(silent.event().get("remedy").getAsString()).isEqualTo("Try again later.");
  }

  @Test
  void textHasThreeLinesAtMost() {
    assertThat(CommandError.of(signInRequired("{}")).text())
        .isEqualTo("latchkey: What happened\nDo this.\nSign in with these claims: {}");
  }

  @Test
  void messageOfAnUnexpectedErrorIsNotRepeated() {
    CommandError failure = CommandError.of(new IllegalStateException("the token is secret-123"));

    assertThat(failure.status()).isEqualTo(1);
    assertThat(failure.text()).contains("IllegalStateException").doesNotContain("secret-123");
  }
}
