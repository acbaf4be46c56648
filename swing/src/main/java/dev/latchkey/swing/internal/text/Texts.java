package dev.latchkey.swing.internal.text;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Properties;
import java.util.ResourceBundle;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The words of the dialog: the application's own where it has any, those of the language, and
 * English. Never those of the system's language, in which nobody may have asked for them.
 */
public final class Texts {

  private static final String FOLDER = "/dev/latchkey/swing/";

  private final Locale locale;
  private final @Nullable ResourceBundle own;
  private final Properties texts;

  private Texts(Locale locale, @Nullable ResourceBundle own, Properties texts) {
    this.locale = locale;
    this.own = own;
    this.texts = texts;
  }

  /**
   * Loads the words of a language.
   *
   * @param own the application's own, some or all of them; null for none
   */
  public static Texts of(Locale locale, @Nullable ResourceBundle own) {
    Properties english = new Properties();
    load("texts.properties", english);
    Properties texts = new Properties(english);
    boolean translated = load("texts_" + locale.getLanguage() + ".properties", texts);
    return new Texts(translated || own != null ? locale : Locale.ENGLISH, own, texts);
  }

  /** The language of the words, English where there are none in the language that was asked for. */
  public Locale locale() {
    return locale;
  }

  /** A text, with {@code {0}}, {@code {1}} replaced. */
  public String text(String key, String... arguments) {
    String text = own != null && own.containsKey(key) ? own.getString(key) : texts.getProperty(key);
    if (text == null) {
      throw new IllegalStateException("no text for " + key);
    }
    for (int i = 0; i < arguments.length; i++) {
      text = text.replace("{" + i + "}", arguments[i]);
    }
    return text;
  }

  /** The text of a button. */
  public Label label(String key) {
    return Label.of(text(key));
  }

  /** The time on a clock, such as 14:05. */
  public String clock(Duration time) {
    return String.format(locale, "%d:%02d", time.toMinutes(), time.toSecondsPart());
  }

  /** The time as somebody would say it: it changes once a minute, so that it may be read out. */
  public String spoken(Duration time) {
    long minutes = time.plusSeconds(59).toMinutes();
    return minutes <= 1 ? text("time.minute") : text("time.minutes", Long.toString(minutes));
  }

  /** The keys of all texts. */
  Set<String> keys() {
    return texts.stringPropertyNames();
  }

  private static boolean load(String file, Properties texts) {
    // Not by ResourceBundle: it would look for the system's language before it takes English.
    try (InputStream in = Texts.class.getResourceAsStream(FOLDER + file)) {
      if (in != null) {
        Reader reader = new InputStreamReader(in, StandardCharsets.UTF_8);
        texts.load(reader);
      }
      return in != null;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
