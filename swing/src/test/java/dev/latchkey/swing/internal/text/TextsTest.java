package dev.latchkey.swing.internal.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.error.SignInRequired;
import dev.latchkey.error.TokenStoreFailure;
import dev.latchkey.swing.fixture.Samples;
import dev.latchkey.swing.internal.state.Choice;
import dev.latchkey.swing.internal.state.Note;
import dev.latchkey.swing.internal.state.Problem;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.ListResourceBundle;
import java.util.Locale;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextsTest {

  /** The buttons that stand together. */
  private static final List<List<Choice>> TOGETHER =
      List.of(
          List.of(Choice.OPEN_PAGE, Choice.COPY_CODE, Choice.BROWSER),
          List.of(Choice.OPEN_PAGE, Choice.COPY_ADDRESS, Choice.NEW_CODE),
          List.of(Choice.UNLOCK, Choice.TRY_AGAIN, Choice.COPY_DETAILS),
          List.of(Choice.NEW_CODE, Choice.BROWSER, Choice.COPY_DETAILS));

  @ParameterizedTest
  @ValueSource(strings = {"de", "fr", "es", "ja"})
  void everyLanguageHasEveryTextWithTheSamePlaces(String language) throws Exception {
    Properties english = load("texts.properties");
    Properties translated = load("texts_" + language + ".properties");

    assertThat(translated.stringPropertyNames()).isEqualTo(english.stringPropertyNames());
    for (String key : english.stringPropertyNames()) {
      assertThat(places(translated.getProperty(key)))
          .as(key)
          .isEqualTo(places(english.getProperty(key)));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"en", "de", "fr", "es", "ja"})
  void buttonsThatStandTogetherHaveDifferentLetters(String language) {
    Texts texts = Texts.of(Locale.forLanguageTag(language), null);

    for (List<Choice> row : TOGETHER) {
      List<Character> letters = new ArrayList<>();
      for (Choice choice : row) {
        String key = choice.name().toLowerCase(Locale.ROOT).replace('_', '-');
        letters.add(Objects.requireNonNull(texts.label("button." + key).key()));
      }
      assertThat(letters).doesNotHaveDuplicates();
    }
  }

  @Test
  void everyReasonProblemAndNoteHasItsSentence() {
    Texts texts = Texts.of(Locale.ENGLISH, null);

    for (var reason : SignInRequired.Reason.values()) {
      assertThat(texts.text("reason." + reason.name())).isNotBlank();
    }
    for (var problem : TokenStoreFailure.Problem.values()) {
      assertThat(texts.text("store." + problem.name())).isNotBlank();
    }
    for (var kind : Problem.Kind.values()) {
      assertThat(texts.text(kind.key())).isNotBlank();
    }
    for (var note : Note.values()) {
      assertThat(texts.text("note." + note.name(), "ann")).isNotBlank();
    }
  }

  @Test
  void languageThatNobodyBroughtIsEnglishWhateverTheSystemSpeaks() {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.GERMANY);
    try {
      assertThat(Texts.of(Locale.ITALIAN, null).text("title")).isEqualTo("Sign in");
      assertThat(Texts.of(Locale.ENGLISH, null).text("title")).isEqualTo("Sign in");
      assertThat(Texts.of(Locale.forLanguageTag("ar"), null).locale()).isEqualTo(Locale.ENGLISH);
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void wordsOfTheApplicationComeFirst() {
    var own =
        new ListResourceBundle() {
          @Override
          protected Object[][] getContents() {
            return new Object[][] {{"title", "Accedi"}};
          }
        };

    Texts texts = Texts.of(Locale.ITALIAN, own);

    assertThat(texts.text("title")).isEqualTo("Accedi");
    assertThat(texts.text("button.cancel")).isEqualTo("Cancel");
  }

  @Test
  void markedLetterOpensTheButton() {
    assertThat(Label.of("Open &browser")).isEqualTo(new Label("Open browser", 5));
    assertThat(Label.of("Open &browser").key()).isEqualTo('B');
    assertThat(Label.of("Copy & close").key()).isNull();
  }

  @Test
  void timeIsShownBySecondsAndSpokenByMinutes() {
    Texts texts = Texts.of(Locale.ENGLISH, null);

    assertThat(texts.clock(Duration.ofSeconds(845))).isEqualTo("14:05");
    assertThat(texts.spoken(Duration.ofSeconds(845))).isEqualTo("15 minutes");
    assertThat(texts.spoken(Duration.ofSeconds(59))).isEqualTo("a minute");
  }

  @Test
  void textForTheAdministratorHasNumberAndCorrelationId() {
    assertThat(Details.of(Samples.administrator(true)))
        .contains("A policy of the organization blocks the sign-in.")
        .contains("Ask an administrator")
        .contains("access_denied (AADSTS53003)")
        .contains("Correlation ID: 7d2f3b1e-0000-4000-8000-000000000001")
        .contains("Trace ID: trace-1")
        .contains("Time: 2026-11-30 14:00:00Z");
  }

  @Test
  void foreignExceptionIsNamedWithoutItsMessage() {
    assertThat(Details.of(new IllegalStateException("secret")))
        .isEqualTo("java.lang.IllegalStateException");
  }

  private static Set<String> places(String text) {
    Set<String> places = new TreeSet<>();
    Pattern.compile("\\{\\d}").matcher(text).results().map(MatchResult::group).forEach(places::add);
    return places;
  }

  private static Properties load(String file) throws Exception {
    Properties properties = new Properties();
    try (Reader reader =
        new InputStreamReader(
            Objects.requireNonNull(Texts.class.getResourceAsStream("/dev/latchkey/swing/" + file)),
            StandardCharsets.UTF_8)) {
      properties.load(reader);
    }
    return properties;
  }
}
