package dev.latchkey.internal.error;

import static dev.latchkey.internal.error.Context.Request.DEVICE_AUTHORIZATION;
import static dev.latchkey.internal.error.Context.Request.DEVICE_TOKEN;
import static dev.latchkey.internal.error.Context.Request.REFRESH;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.error.AccountProblem;
import dev.latchkey.error.AdminActionRequired;
import dev.latchkey.error.AppMisconfigured;
import dev.latchkey.error.LatchkeyException;
import dev.latchkey.error.ServiceUnavailable;
import dev.latchkey.error.SignInDeclined;
import dev.latchkey.error.SignInExpired;
import dev.latchkey.error.SignInRequired;
import dev.latchkey.error.SignInRequired.Reason;
import dev.latchkey.error.Throttled;
import dev.latchkey.fixture.Replies;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Compares the table of AADSTS numbers with a copy that was written down independently. */
class ErrorTableTest {

  record Row(int number, String expected) {}

  static Stream<Row> rows() {
    var resource =
        Objects.requireNonNull(ErrorTableTest.class.getResourceAsStream("aadsts-classes.tsv"));
    try (var lines = new BufferedReader(new InputStreamReader(resource, StandardCharsets.UTF_8))) {
      return lines
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.split("\t", -1))
          .map(cells -> new Row(Integer.parseInt(cells[0]), cells[1]))
          .toList()
          .stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @MethodSource("rows")
  void numberRefinesAnyError(Row row) {
    // Whatever the class of the row, one of these errors alone would have another.
    check(row, "invalid_grant");
    check(row, "invalid_request");
  }

  /** There is no session yet: whoever signs in again sends the same request once more. */
  @ParameterizedTest
  @MethodSource("rows")
  void numberFromTheDeviceEndpointNeverAsksToSignInAgain(Row row) {
    for (String error : new String[] {"invalid_grant", "interaction_required", "invalid_request"}) {
      LatchkeyException exception = map(error, row.number(), DEVICE_AUTHORIZATION);

      assertThat(exception)
          .isNotInstanceOfAny(SignInRequired.class, SignInDeclined.class, SignInExpired.class);
    }
  }

  @Test
  void tableHasNoOtherNumber() {
    assertThat(ErrorTable.AADSTS.keySet())
        .containsExactlyInAnyOrderElementsOf(
            rows().map(row -> Integer.toString(row.number())).toList());
  }

  @Test
  void everyRemedyIsOneSentence() {
    Stream.of(ErrorTable.AADSTS, ErrorTable.SUBERRORS, ErrorTable.ERRORS, ErrorTable.PHRASES)
        .flatMap(table -> table.values().stream())
        .map(Classification::remedy)
        .filter(Objects::nonNull)
        .forEach(remedy -> assertThat(remedy).matches("[A-Z\"].{10,200}\\."));
  }

  @Test
  void errorThatThePersonMustActOnHasARemedy() {
    assertThat(ErrorTable.AADSTS)
        .allSatisfy(
            (number, found) -> {
              switch (found.errorClass()) {
                case ADMIN, APP, USER, NEW, REQUEST -> assertThat(found.remedy()).isNotNull();
                default -> assertThat(found.errorClass()).isNotNull();
              }
            });
  }

  private static void check(Row row, String error) {
    LatchkeyException poll = map(error, row.number(), DEVICE_TOKEN);
    LatchkeyException refresh = map(error, row.number(), REFRESH);
    switch (row.expected()) {
      case "SIGNIN" -> both(poll, refresh, SignInRequired.class);
      case "ADMIN" -> both(poll, refresh, AdminActionRequired.class);
      case "APP" -> both(poll, refresh, AppMisconfigured.class);
      case "USER" -> both(poll, refresh, AccountProblem.class);
      case "SLOW" -> both(poll, refresh, Throttled.class);
      case "OUT", "LATER" -> both(poll, refresh, ServiceUnavailable.class);
      case "APP|ADMIN" ->
          assertThat(refresh).isInstanceOfAny(AppMisconfigured.class, AdminActionRequired.class);
      case "REQUEST" -> {
        // It says no more than the error: see OAuthErrorMapperTest for the others.
        boolean sessionEnded = error.equals("invalid_grant");
        assertThat(refresh)
            .isInstanceOf(sessionEnded ? SignInRequired.class : AppMisconfigured.class);
        assertThat(poll).isInstanceOf(AppMisconfigured.class);
      }
      case "CLAIMS" -> {
        both(poll, refresh, SignInRequired.class);
        assertThat(reason(refresh)).isEqualTo(Reason.CLAIMS_CHALLENGE);
        assertThat(reason(poll)).isEqualTo(Reason.CLAIMS_CHALLENGE);
      }
      case "NEW" -> {
        assertThat(poll).isInstanceOfAny(SignInExpired.class, SignInRequired.class);
        assertThat(refresh).isInstanceOf(SignInRequired.class);
      }
      case "DECLINED" -> {
        assertThat(poll).isInstanceOf(SignInDeclined.class);
        assertThat(refresh).isInstanceOf(SignInRequired.class);
      }
      case "NONE" -> {
        // Shown in a browser only: the number changes nothing.
        assertThat(refresh).hasSameClassAs(map(error, 999_999, REFRESH));
        assertThat(poll).hasSameClassAs(map(error, 999_999, DEVICE_TOKEN));
      }
      // A poll waits and maps nothing.
      case "WAIT" ->
          assertThat(OAuthErrorMapper.isPending(Replies.error(error, row.number()))).isTrue();
      default -> throw new AssertionError("No such class: " + row);
    }
  }

  private static void both(
      LatchkeyException poll, LatchkeyException refresh, Class<? extends LatchkeyException> type) {
    assertThat(poll).isInstanceOf(type);
    assertThat(refresh).isInstanceOf(type);
  }

  private static LatchkeyException map(String error, int number, Context.Request request) {
    return OAuthErrorMapper.toException(Replies.error(error, number), null, Context.of(request));
  }

  private static Reason reason(LatchkeyException exception) {
    return ((SignInRequired) exception).reason();
  }
}
