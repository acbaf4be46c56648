package dev.latchkey.swing.internal.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.Account;
import dev.latchkey.SignInProgress;
import dev.latchkey.SignInResult;
import dev.latchkey.error.AccountProblem;
import dev.latchkey.error.AppMisconfigured;
import dev.latchkey.error.InvalidResponse;
import dev.latchkey.error.ServiceUnavailable;
import dev.latchkey.error.SignInCancelled;
import dev.latchkey.error.SignInDeclined;
import dev.latchkey.error.SignInExpired;
import dev.latchkey.error.SignInRequired.Reason;
import dev.latchkey.error.Throttled;
import dev.latchkey.error.TokenStoreFailure;
import dev.latchkey.swing.fixture.Samples;
import dev.latchkey.swing.internal.state.Problem.Kind;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class TransitionTest {

  private static final Wish WISH = new Wish(null, null, true, false);
  private static final Phase BEGINNING = new Phase.Beginning(Way.CODE, 0);
  private static final Phase CODE =
      new Phase.Code(Samples.code(), null, Duration.ofMinutes(15), null, false);
  private static final Phase BROWSER =
      new Phase.Browser(
          URI.create("https://login.example.com/authorize"),
          Duration.ofMinutes(10),
          Duration.ofMinutes(10),
          null);
  private static final Phase DECLINED = next(CODE, new Event.Failed(declined()));
  private static final Phase OFFLINE = next(BEGINNING, new Event.Failed(Samples.noConnection()));
  private static final Phase UNLOCKING = new Phase.Unlocking(Way.CODE);
  private static final Phase NOTED =
      next(CODE, new Event.Succeeded(Samples.signedInElsewhereAndNotStored("a")));

  static Stream<Phase> pending() {
    return Stream.of(BEGINNING, CODE, BROWSER, OFFLINE, UNLOCKING);
  }

  @Test
  void codeThatIsIssuedIsShownWithItsWholeLife() {
    Phase shown = next(BEGINNING, new Event.CodeIssued(Samples.code()));

    assertThat(shown).isEqualTo(CODE);
  }

  @ParameterizedTest
  @MethodSource("pending")
  void closingCancelsInEveryPhaseThatWaits(Phase phase) {
    Phase closed = next(phase, new Event.Chose(Choice.CLOSE));

    assertThat(closed)
        .isInstanceOfSatisfying(
            Phase.Closed.class,
            end -> {
              assertThat(end.result()).isNull();
              assertThat(end.failure()).isInstanceOf(SignInCancelled.class);
            });
  }

  @Test
  void closingAfterAProblemEndsWithTheProblem() {
    Phase closed = next(DECLINED, new Event.Chose(Choice.CLOSE));

    assertThat(closed)
        .isInstanceOfSatisfying(
            Phase.Closed.class,
            end -> assertThat(end.failure()).isInstanceOf(SignInDeclined.class));
  }

  @Test
  void nothingFollowsOnceTheDialogIsClosed() {
    Phase closed = next(CODE, new Event.Chose(Choice.CLOSE));

    assertThat(next(closed, new Event.Succeeded(Samples.signedIn("a")))).isEqualTo(closed);
    assertThat(next(closed, new Event.Chose(Choice.NEW_CODE))).isEqualTo(closed);
  }

  @Test
  void codeCountsDownToZeroAndNotBelow() {
    assertThat(ticked(CODE, Duration.ofSeconds(61)).left()).isEqualTo(Duration.ofSeconds(839));
    assertThat(ticked(CODE, Duration.ofHours(1)).left()).isZero();
  }

  @Test
  void browserIsOfferedAfterHalfAMinuteOfWaiting() {
    assertThat(ticked(CODE, Duration.ofSeconds(29)).offersBrowser()).isFalse();
    assertThat(ticked(CODE, Duration.ofSeconds(30)).offersBrowser()).isTrue();
  }

  @Test
  void browserIsNeverOfferedWhereTheAppHasNone() {
    Wish none = new Wish(null, null, false, false);

    Phase.Code later =
        (Phase.Code) Transition.next(CODE, new Event.Ticked(Duration.ofMinutes(5)), none);
    Phase blocked = Transition.next(CODE, new Event.Failed(Samples.administrator(true)), none);

    assertThat(later.offersBrowser()).isFalse();
    assertThat(choices(blocked)).containsExactly(Choice.COPY_DETAILS, Choice.CLOSE);
    assertThat(Transition.next(CODE, new Event.Chose(Choice.BROWSER), none)).isEqualTo(CODE);
  }

  @Test
  void lostConnectionWhileWaitingKeepsTheCode() {
    var lost = new SignInProgress(SignInProgress.State.NO_CONNECTION, Duration.ofSeconds(10), null);

    Phase.Code shown = (Phase.Code) next(CODE, new Event.Polled(lost));

    assertThat(shown.progress()).isEqualTo(lost);
    assertThat(shown.shown()).isEqualTo(Samples.code());
  }

  @Test
  void missingConnectionAtTheBeginningIsTriedAgainByItselfAndLessAndLessOften() {
    Phase phase = BEGINNING;
    for (int seconds : new int[] {2, 4, 8, 16, 30, 30}) {
      Phase.Retrying waiting =
          (Phase.Retrying) next(phase, new Event.Failed(Samples.noConnection()));

      assertThat(waiting.left()).isEqualTo(Duration.ofSeconds(seconds));
      Phase almost = next(waiting, new Event.Ticked(Duration.ofSeconds(seconds - 1L)));
      assertThat(((Phase.Retrying) almost).left()).isEqualTo(Duration.ofSeconds(1));
      phase = next(almost, new Event.Ticked(Duration.ofSeconds(seconds)));
      assertThat(phase).isInstanceOf(Phase.Beginning.class);
    }
  }

  @Test
  void serverThatNamesATimeIsNotAskedEarlier() {
    var busy = new Throttled(Duration.ofSeconds(90), "Too many requests.", null, null, null);

    Phase.Retrying waiting = (Phase.Retrying) next(BEGINNING, new Event.Failed(busy));

    assertThat(waiting.left()).isEqualTo(Duration.ofSeconds(90));
  }

  @Test
  void expiredCodeOffersANewOneFirst() {
    var expired = new SignInExpired("The code expired.", null, null, null);

    Phase stopped = next(CODE, new Event.Failed(expired));

    assertThat(choices(stopped)).startsWith(Choice.NEW_CODE).endsWith(Choice.CLOSE);
    assertThat(next(stopped, new Event.Chose(Choice.NEW_CODE))).isEqualTo(BEGINNING);
  }

  @Test
  void blockedCodeOffersTheBrowserAndATextForTheAdministrator() {
    Phase stopped = next(CODE, new Event.Failed(Samples.administrator(true)));

    assertThat(((Phase.Stopped) stopped).problem().kind()).isEqualTo(Kind.CODE_BLOCKED);
    assertThat(choices(stopped)).containsExactly(Choice.BROWSER, Choice.COPY_DETAILS, Choice.CLOSE);
    assertThat(next(stopped, new Event.Chose(Choice.BROWSER)))
        .isEqualTo(new Phase.Beginning(Way.BROWSER, 0));
  }

  @ParameterizedTest
  @EnumSource(
      value = TokenStoreFailure.Problem.class,
      names = {"LOCKED", "CONFIRMATION_NEEDED"})
  void lockedStoreCanBeUnlockedWhereTheAppCan(TokenStoreFailure.Problem problem) {
    var failed = new Event.Failed(Samples.storeFailure(problem));

    Phase stopped = Transition.next(BEGINNING, failed, new Wish(null, null, true, true));

    assertThat(choices(stopped)).startsWith(Choice.UNLOCK, Choice.TRY_AGAIN);
    assertThat(choices(next(BEGINNING, failed))).startsWith(Choice.TRY_AGAIN);
    Phase unlocking = next(stopped, new Event.Chose(Choice.UNLOCK));
    assertThat(next(unlocking, new Event.Unlocked())).isEqualTo(BEGINNING);
  }

  @Test
  void everyFailureHasAKindAndAWayOut() {
    assertThat(kind(Samples.signInRequired(Reason.EXPIRED, "a"))).isEqualTo(Kind.SIGN_IN_REQUIRED);
    assertThat(kind(declined())).isEqualTo(Kind.DECLINED);
    assertThat(kind(new SignInExpired("", null, null, null))).isEqualTo(Kind.EXPIRED);
    assertThat(kind(Samples.administrator(false))).isEqualTo(Kind.ADMINISTRATOR);
    assertThat(kind(new AppMisconfigured("", null, null, null))).isEqualTo(Kind.APP);
    assertThat(kind(new AccountProblem("", null, null, null))).isEqualTo(Kind.ACCOUNT);
    assertThat(kind(new Throttled(null, "", null, null, null))).isEqualTo(Kind.THROTTLED);
    assertThat(kind(new ServiceUnavailable(null, "", null, null, null)))
        .isEqualTo(Kind.UNAVAILABLE);
    assertThat(kind(new InvalidResponse("", null, null, null))).isEqualTo(Kind.INVALID_RESPONSE);
    assertThat(kind(Samples.storeFailure(TokenStoreFailure.Problem.DAMAGED))).isEqualTo(Kind.STORE);
    assertThat(kind(new IllegalStateException("secret"))).isEqualTo(Kind.UNEXPECTED);
  }

  @Test
  void failureOfTheBrowserIsTriedAgainInTheBrowser() {
    Phase stopped = next(BROWSER, new Event.Failed(Samples.noConnection()));

    assertThat(next(stopped, new Event.Chose(Choice.TRY_AGAIN)))
        .isEqualTo(new Phase.Beginning(Way.BROWSER, 0));
  }

  @Test
  void plainSuccessClosesAtOnce() {
    SignInResult done = Samples.signedIn("a");

    assertThat(next(CODE, new Event.Succeeded(done))).isEqualTo(new Phase.Closed(done, null));
  }

  @Test
  void whatThePersonShouldKnowIsShownBeforeTheDialogGoes() {
    SignInResult done = Samples.signedInElsewhereAndNotStored("another");

    Phase shown =
        Transition.next(CODE, new Event.Succeeded(done), new Wish("wanted", null, true, false));

    assertThat(shown)
        .isEqualTo(
            new Phase.SignedIn(
                done, List.of(Note.ANOTHER_ACCOUNT, Note.ANOTHER_TENANT, Note.NOT_STORED)));
    assertThat(next(shown, new Event.Chose(Choice.CLOSE))).isEqualTo(new Phase.Closed(done, null));
  }

  @Test
  void textsOfPhasesHoldNoCode() {
    for (Phase phase : List.of(CODE, BROWSER, DECLINED, OFFLINE, NOTED)) {
      assertThat(phase.toString()).doesNotContain(Samples.USER_CODE).doesNotContain("authorize");
    }
  }

  private static SignInDeclined declined() {
    return new SignInDeclined("Declined.", null, null, null);
  }

  private static Kind kind(Throwable failure) {
    Phase.Stopped stopped = (Phase.Stopped) next(CODE, new Event.Failed(failure));
    assertThat(stopped.problem().choices()).endsWith(Choice.CLOSE).doesNotHaveDuplicates();
    return stopped.problem().kind();
  }

  private static List<Choice> choices(Phase phase) {
    return ((Phase.Stopped) phase).problem().choices();
  }

  private static Phase.Code ticked(Phase phase, Duration since) {
    return (Phase.Code) next(phase, new Event.Ticked(since));
  }

  @Test
  void tenantThatThePersonHasChosenNeedsNoWord() {
    Account fabrikam = new Account("a", "https://login.example.com", "sub", null, "f", null, null);
    SignInResult done =
        new SignInResult(fabrikam, Samples.signedIn("a").token(), true, "contoso", null);

    Phase chosen =
        Transition.next(CODE, new Event.Succeeded(done), new Wish(null, "f", true, false));
    Phase another =
        Transition.next(CODE, new Event.Succeeded(done), new Wish(null, "g", true, false));

    assertThat(chosen).isEqualTo(new Phase.Closed(done, null));
    assertThat(another).isEqualTo(new Phase.SignedIn(done, List.of(Note.ANOTHER_TENANT)));
  }

  private static Phase next(Phase phase, Event event) {
    return Transition.next(phase, event, WISH);
  }
}
