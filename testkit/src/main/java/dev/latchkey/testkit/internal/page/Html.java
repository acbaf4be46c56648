package dev.latchkey.testkit.internal.page;

import dev.latchkey.testkit.internal.http.Resources;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Markup that is safe to send: a template of ours, in which each text is escaped.
 *
 * @param markup the HTML
 */
record Html(String markup) {

  static final Html NONE = new Html("");

  private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{(\\w+)}}");

  /**
   * Fills a template, an HTML file beside this class.
   *
   * @param values one for each {@code {{placeholder}}}; {@link Html} is inserted as it is, anything
   *     else as escaped text
   * @throws IllegalArgumentException if the template has a placeholder without a value
   */
  static Html fill(String template, Map<String, Object> values) {
    String source = Resources.text(Html.class, template + ".html");
    return new Html(
        PLACEHOLDER
            .matcher(source)
            .replaceAll(found -> Matcher.quoteReplacement(value(found.group(1), values))));
  }

  static Html join(List<Html> parts) {
    return new Html(parts.stream().map(Html::markup).collect(Collectors.joining()));
  }

  private static String value(String name, Map<String, Object> values) {
    var value = values.get(name);
    if (value == null) {
      throw new IllegalArgumentException("No value for {{" + name + "}}");
    }
    return value instanceof Html html ? html.markup() : escape(value.toString());
  }

  /** Escapes text for element content and for quoted attribute values. */
  static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
