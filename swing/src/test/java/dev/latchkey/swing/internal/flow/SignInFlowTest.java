package dev.latchkey.swing.internal.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.SignInProgress;
import dev.latchkey.SignInResult;
import dev.latchkey.error.LatchkeyException;
import dev.latchkey.error.SignInCancelled;
import dev.latchkey.error.SignInDeclined;
import dev.latchkey.error.SignInExpired;
import dev.latchkey.error.SignInRequired.Reason;
import dev.latchkey.error.TokenStoreFailure;
import dev.latchkey.swing.fixture.FakeBrowserSignIn;
import dev.latchkey.swing.fixture.FakeSignIn;
import dev.latchkey.swing.fixture.FlowFixture;
import dev.latchkey.swing.fixture.Samples;
import dev.latchkey.swing.internal.state.Choice;
import dev.latchkey.swing.internal.state.Phase;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SignInFlowTest {

  @Test
  void approvedSignInEndsWithItsAccountAndClosesTheDialog() {
    FlowFixture dialog = new FlowFixture();
    FakeSignIn signIn = dialog.issueCode();
    SignInResult done = Samples.signedIn("a");

    signIn.outcome.complete(done);
    dialog.runEvents();

    assertThat(dialog.flow.result()).isCompletedWithValue(done);
    assertThat(dialog.closings).isEqualTo(1);
    assertThat(dialog.ticks()).isFalse();
  }

  @Test
  void cancelBeforeTheAnswerAbortsTheRequest() {
    FlowFixture dialog = new FlowFixture();

    dialog.choose(Choice.CLOSE);

    assertThat(dialog.gateway.codes.get(0)).isCancelled();
    assertCancelled(dialog);
  }

  @Test
  void codeThatArrivesAfterTheCancelIsGivenBack() {
    FlowFixture dialog = new FlowFixture();
    FakeSignIn late = new FakeSignIn();
    dialog.gateway.codes.get(0).complete(late); // its event waits behind the person's
    dialog.flow.choose(Choice.CLOSE);

    dialog.runEvents();

    assertThat(late.isCancelled()).isTrue();
    assertThat(dialog.shown).noneMatch(Phase.Code.class::isInstance);
    assertCancelled(dialog);
  }

  @Test
  void cancelInTheMiddleEndsTheSignIn() {
    FlowFixture dialog = new FlowFixture();
    FakeSignIn signIn = dialog.issueCode();

    dialog.choose(Choice.CLOSE);

    assertThat(signIn.isCancelled()).isTrue();
    assertCancelled(dialog);
  }

  @Test
  void cancelAfterTheTokensHaveArrivedSaysThatThePersonIsSignedIn() {
    FlowFixture dialog = new FlowFixture();
    FakeSignIn signIn = dialog.issueCode();
    signIn.tokensHaveArrived = true;

    dialog.choose(Choice.CLOSE);

    assertThat(dialog.closings).isEqualTo(1);
    assertThat(dialog.flow.result()).isNotDone();
    SignInResult done = Samples.signedIn("a");
    signIn.outcome.complete(done);
    dialog.runEvents();
    assertThat(dialog.flow.result()).isCompletedWithValue(done);
  }

  @Test
  void anotherWayChosenAfterTheTokensHaveArrivedAsksForNothingMore() {
    FlowFixture dialog = new FlowFixture();
    FakeSignIn signIn = dialog.issueCode();
    signIn.tokensHaveArrived = true;

    dialog.choose(Choice.BROWSER);
    signIn.outcome.complete(Samples.signedIn("a"));
    dialog.runEvents();

    assertThat(dialog.gateway.pages).isEmpty();
    assertThat(dialog.flow.result()).isCompleted();
  }

  @Test
  void dialogClosedTwiceClosesOnce() {
    FlowFixture dialog = new FlowFixture();

    dialog.choose(Choice.CLOSE);
    dialog.choose(Choice.CLOSE);

    assertThat(dialog.closings).isEqualTo(1);
  }

  @Test
  void newCodeFollowsAnExpiredOneAtTheChoiceOfThePerson() {
    FlowFixture dialog = new FlowFixture();
    FakeSignIn first = dialog.issueCode();
    first.outcome.completeExceptionally(new SignInExpired("Expired.", null, null, null));
    dialog.runEvents();
    assertThat(dialog.gateway.codes).hasSize(1);

    dialog.choose(Choice.NEW_CODE);
    FakeSignIn second = dialog.issueCode();

    assertThat(dialog.flow.phase()).isInstanceOf(Phase.Code.class);
    second.outcome.complete(Samples.signedIn("a"));
    dialog.runEvents();
    assertThat(dialog.flow.result()).isCompleted();
  }

  @Test
  void missingConnectionIsTriedAgainWithoutThePerson() {
    FlowFixture dialog = new FlowFixture();
    dialog.gateway.codes.get(0).completeExceptionally(Samples.noConnection());
    dialog.runEvents();

    dialog.advance(Duration.ofSeconds(1));
    assertThat(dialog.gateway.codes).hasSize(1);
    dialog.advance(Duration.ofSeconds(1));

    assertThat(dialog.gateway.codes).hasSize(2);
    dialog.issueCode();
    assertThat(dialog.flow.phase()).isInstanceOf(Phase.Code.class);
  }

  @Test
  void codeExpiresAsOfItsRequest() {
    FlowFixture dialog = new FlowFixture();
    dialog.advance(Duration.ofSeconds(10)); // a slow answer
    dialog.issueCode();

    dialog.advance(Duration.ofSeconds(1));

    assertThat(((Phase.Code) dialog.flow.phase()).left())
        .isEqualTo(Duration.ofMinutes(15).minusSeconds(11));
  }

  @Test
  void progressOfThePollsIsShown() {
    FlowFixture dialog = new FlowFixture();
    FakeSignIn signIn = dialog.issueCode();

    signIn.poll(SignInProgress.State.NO_CONNECTION);
    dialog.runEvents();

    assertThat(((Phase.Code) dialog.flow.phase()).progress())
        .extracting(SignInProgress::state)
        .isEqualTo(SignInProgress.State.NO_CONNECTION);
  }

  @Test
  void browserInsteadOfACodeCancelsTheCodeAndOpensThePage() {
    FlowFixture dialog = new FlowFixture();
    FakeSignIn code = dialog.issueCode();
    dialog.advance(Duration.ofSeconds(30));

    dialog.choose(Choice.BROWSER);
    assertThat(code.isCancelled()).isTrue();
    FakeBrowserSignIn page = dialog.preparePage();

    assertThat(dialog.gateway.opened).containsExactly(FakeBrowserSignIn.PAGE);
    page.outcome.complete(Samples.signedIn("a"));
    dialog.runEvents();
    assertThat(dialog.flow.result()).isCompleted();
  }

  @Test
  void cancelWhileThePageIsPreparedOrOpenEndsTheBrowserSignIn() {
    FlowFixture preparing = new FlowFixture();
    preparing.choose(Choice.BROWSER);
    preparing.choose(Choice.CLOSE);
    assertThat(preparing.gateway.pages.get(0)).isCancelled();
    assertCancelled(preparing);

    FlowFixture open = new FlowFixture();
    open.choose(Choice.BROWSER);
    FakeBrowserSignIn page = open.preparePage();
    open.choose(Choice.CLOSE);
    assertThat(page.outcome).isCompletedExceptionally();
    assertCancelled(open);
  }

  @Test
  void signInAgainAsksForWhatTheExceptionRequiresInBothWays() {
    FlowFixture dialog =
        new FlowFixture(Samples.signInRequired(Reason.CLAIMS_CHALLENGE, "account-1"), false);
    dialog.issueCode();
    dialog.choose(Choice.BROWSER);

    assertThat(dialog.gateway.asked)
        .hasSize(2)
        .allSatisfy(
            options -> {
              assertThat(options.accountId()).isEqualTo("account-1");
              assertThat(options.claims()).contains("c1");
            });
    assertThat(dialog.heading().reason()).isEqualTo(Reason.CLAIMS_CHALLENGE);
  }

  @Test
  void nameOfTheAccountIsShownAsSoonAsItIsKnown() {
    FlowFixture dialog =
        new FlowFixture(Samples.signInRequired(Reason.EXPIRED, "account-1"), false);
    assertThat(dialog.heading().account()).isNull();

    dialog.gateway.name.complete("ann@example.com");
    dialog.runEvents();

    assertThat(dialog.heading().account()).isEqualTo("ann@example.com");
  }

  @Test
  void rejectedCodeIsFollowedByOneThatAsksForWhatTheServerWants() {
    FlowFixture dialog = new FlowFixture();
    FakeSignIn signIn = dialog.issueCode();
    signIn.outcome.completeExceptionally(
        Samples.signInRequired(Reason.CLAIMS_CHALLENGE, "account-1"));
    dialog.runEvents();

    dialog.choose(Choice.NEW_CODE);

    assertThat(dialog.gateway.asked.get(1).claims()).contains("c1");
  }

  @Test
  void unlockedKeyringGoesOnWithANewRequest() {
    FlowFixture dialog = new FlowFixture(null, true);
    dialog
        .gateway
        .codes
        .get(0)
        .completeExceptionally(Samples.storeFailure(TokenStoreFailure.Problem.LOCKED));
    dialog.runEvents();

    dialog.choose(Choice.UNLOCK);
    assertThat(dialog.gateway.codes).hasSize(1);
    dialog.gateway.unlocks.get(0).complete(null);
    dialog.runEvents();

    assertThat(dialog.gateway.codes).hasSize(2);
  }

  @Test
  void cancelWhileTheKeyringAsksEndsItsDialog() {
    FlowFixture dialog = new FlowFixture(null, true);
    dialog
        .gateway
        .codes
        .get(0)
        .completeExceptionally(Samples.storeFailure(TokenStoreFailure.Problem.LOCKED));
    dialog.runEvents();
    dialog.choose(Choice.UNLOCK);

    dialog.choose(Choice.CLOSE);

    assertThat(dialog.gateway.unlocks.get(0)).isCancelled();
    assertCancelled(dialog);
  }

  @Test
  void closingAfterARefusalFailsWithTheRefusal() {
    FlowFixture dialog = new FlowFixture();
    FakeSignIn signIn = dialog.issueCode();
    signIn.outcome.completeExceptionally(new SignInDeclined("No.", null, null, null));
    dialog.runEvents();

    dialog.choose(Choice.CLOSE);

    assertThat(failure(dialog.flow.result())).isInstanceOf(SignInDeclined.class);
  }

  @Test
  void openOpensTheAddressThatContainsTheCode() {
    FlowFixture dialog = new FlowFixture();
    dialog.issueCode();

    dialog.choose(Choice.OPEN_PAGE);

    assertThat(dialog.gateway.opened)
        .containsExactly(URI.create("https://login.example.com/device?user_code=WDJB-MJHT"));
    assertThat(((Phase.Code) dialog.flow.phase()).opened()).isTrue();
  }

  private static void assertCancelled(FlowFixture dialog) {
    assertThat(failure(dialog.flow.result()))
        .isInstanceOf(SignInCancelled.class)
        .isInstanceOf(LatchkeyException.class);
    assertThat(dialog.closings).isEqualTo(1);
    assertThat(dialog.ticks()).isFalse();
  }

  private static Throwable failure(CompletableFuture<?> future) {
    assertThat(future).isCompletedExceptionally();
    @Nullable Throwable[] thrown = new Throwable[1];
    var unused =
        future.handle(
            (value, failure) -> {
              thrown[0] = failure;
              return null;
            });
    return Objects.requireNonNull(thrown[0]);
  }
}
