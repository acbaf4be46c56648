package dev.latchkey.testkit.internal.graph.call;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.latchkey.testkit.internal.http.HttpAnswer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One page of a listing.
 *
 * @param linkMember {@code @odata.nextLink} or {@code @odata.deltaLink}; null if there is neither
 */
public record Page(List<JsonObject> items, @Nullable String linkMember, String link) {

  public static final String NEXT = "@odata.nextLink";
  public static final String DELTA = "@odata.deltaLink";
  private static final String SKIP = "$skiptoken";

  /** The index of the first item on this page. */
  public static int position(RoutedCall call) {
    String token = call.query(SKIP);
    if (token == null) {
      return 0;
    }
    if (!token.matches("p\\d{1,9}")) {
      throw GraphFailure.invalidRequest("The skip token is malformed.");
    }
    return Integer.parseInt(token.substring(1));
  }

  /** How many items this page has at most. */
  public static int size(RoutedCall call, int otherwise) {
    String top = call.query("$top");
    int cap = call.settings().pageSize;
    if (top == null) {
      return Math.min(otherwise, cap);
    }
    if (!top.matches("\\d{1,6}") || Integer.parseInt(top) == 0) {
      throw GraphFailure.badRequest("Invalid value for $top: " + top);
    }
    return Math.min(Integer.parseInt(top), cap);
  }

  /**
   * The page that a call requests.
   *
   * @param items all items from {@link #position} on; at most one more than the page's is read
   */
  public static HttpAnswer of(RoutedCall call, Stream<JsonObject> items, int usualSize) {
    int size = size(call, usualSize);
    List<JsonObject> found = items.limit(size + 1L).toList();
    if (found.size() <= size) {
      return new Page(found, null, "").answer(call);
    }
    return new Page(found.subList(0, size), NEXT, nextLink(call, position(call) + size))
        .answer(call);
  }

  private static String nextLink(RoutedCall call, int position) {
    Map<String, String> query = new LinkedHashMap<>(call.request().query());
    query.put(SKIP, "p" + position);
    return call.link(
        encodePath(call.path())
            + query.entrySet().stream()
                .map(e -> e.getKey() + "=" + encode(e.getValue()))
                .collect(Collectors.joining("&", "?", "")));
  }

  static String encodePath(String path) {
    return Arrays.stream(path.split("/", -1)).map(Page::encode).collect(Collectors.joining("/"));
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8)
        .replace("+", "%20")
        .replace("%3A", ":")
        .replace("%24", "$")
        .replace("%27", "'");
  }

  public HttpAnswer answer(RoutedCall call) {
    JsonArray value = new JsonArray();
    Select select = Select.of(call);
    items.forEach(item -> value.add(select.apply(item)));
    JsonObject body = new JsonObject();
    body.addProperty("@odata.context", call.url("/$metadata#Collection"));
    boolean linkFirst = call.settings().linksFirst;
    if (linkMember != null && linkFirst) {
      body.addProperty(linkMember, link);
    }
    body.add("value", value);
    if (linkMember != null && !linkFirst) {
      body.addProperty(linkMember, link);
    }
    return HttpAnswer.json(200, body);
  }
}
