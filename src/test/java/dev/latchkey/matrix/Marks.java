package dev.latchkey.matrix;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Secrets that any ten of their characters give away, and that name the case that they are of. */
public final class Marks {

  private static final String MARK = "qZ7x";
  private static final Pattern SECRET = Pattern.compile("(?:" + MARK + "[0-9a-z]{5})+");
  private static final Pattern NUMBER = Pattern.compile(MARK + "([0-9a-z]{5})");
  private static final int FIRST = 36 * 36 * 36 * 36;
  private static final AtomicInteger NEXT = new AtomicInteger(FIRST);
  private static final Map<String, String> OWNERS = new ConcurrentHashMap<>();

  private final String owner;

  public Marks(String owner) {
    this.owner = owner;
  }

  /** A new secret of this case. */
  public String secret() {
    String number = Integer.toString(NEXT.getAndIncrement(), 36);
    OWNERS.put(number, owner);
    return (MARK + number).repeat(6);
  }

  /** Whether a text shows a part of any secret. */
  public static boolean isIn(@Nullable String text) {
    return text != null && text.contains(MARK);
  }

  /** The case whose secret a text shows. */
  static String ownerOf(String text) {
    Matcher number = NUMBER.matcher(text);
    return number.find() ? OWNERS.getOrDefault(number.group(1), "an unknown case") : "some case";
  }

  /** The text with its secrets blackened. */
  static String blacken(String text) {
    String blackened = SECRET.matcher(text).replaceAll("<SECRET>").replace(MARK, "<PART>");
    return blackened.length() > 300 ? blackened.substring(0, 300) + "…" : blackened;
  }

  /** All secrets in a text, separated by spaces. */
  static String allIn(String text) {
    StringBuilder all = new StringBuilder();
    Matcher secret = SECRET.matcher(text);
    while (secret.find()) {
      all.append(secret.group()).append(' ');
    }
    return all.toString();
  }
}
