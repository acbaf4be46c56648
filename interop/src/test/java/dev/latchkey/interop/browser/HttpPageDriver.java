package dev.latchkey.interop.browser;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jsoup.Connection.KeyVal;
import org.jsoup.Jsoup;
import org.jsoup.helper.HttpConnection;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.FormElement;

/** Fetches pages and sends forms by plain HTTP, without JavaScript, with its own cookies. */
public final class HttpPageDriver implements PageDriver {
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .cookieHandler(new CookieManager(null, HttpPageDriver::asBrowsersDo))
          .followRedirects(HttpClient.Redirect.NORMAL)
          .connectTimeout(Duration.ofSeconds(10))
          .build();

  private Document page = new Document("about:blank");

  @Override
  public void open(URI uri) {
    load(HttpRequest.newBuilder(uri).GET());
  }

  @Override
  public String await(String... selectors) {
    for (String selector : selectors) {
      if (page.selectFirst(selector) != null) {
        return selector;
      }
    }
    throw failure("has none of " + String.join(", ", selectors));
  }

  @Override
  public void type(String selector, String text) {
    element(selector).val(text);
  }

  @Override
  public void choose(String selector) {
    Element chosen = element(selector);
    formOf(chosen).elements().stream()
        .filter(other -> other.attr("name").equals(chosen.attr("name")))
        .forEach(other -> other.removeAttr("checked"));
    chosen.attr("checked", true);
  }

  @Override
  public void chooseAll(String selector) {
    page.select(selector).forEach(box -> box.attr("checked", true));
  }

  @Override
  public void press(String selector) {
    Element pressed = element(selector);
    if (pressed.is("a")) {
      open(URI.create(pressed.absUrl("href")));
      return;
    }
    FormElement form = formOf(pressed);
    List<KeyVal> fields = new ArrayList<>(form.formData());
    // Browsers send only the button that was pressed.
    fields.removeIf(field -> field.key().equals(pressed.attr("name")));
    if (pressed.hasAttr("name")) {
      fields.add(HttpConnection.KeyVal.create(pressed.attr("name"), pressed.attr("value")));
    }
    String body =
        fields.stream()
            .map(field -> encode(field.key()) + "=" + encode(field.value()))
            .collect(Collectors.joining("&"));
    String action = form.hasAttr("action") ? form.absUrl("action") : page.location();
    load(
        HttpRequest.newBuilder(URI.create(action))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  @Override
  public String text() {
    return page.text();
  }

  @Override
  public AssertionError failure(String what) {
    return new AssertionError("%s %s:%n%s".formatted(page.location(), what, page.outerHtml()));
  }

  private void load(HttpRequest.Builder request) {
    try {
      HttpResponse<String> response =
          client.send(
              request.timeout(Duration.ofMinutes(2)).header("Accept", "text/html").build(),
              HttpResponse.BodyHandlers.ofString());
      page = Jsoup.parse(response.body(), response.uri().toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private Element element(String selector) {
    Element element = page.selectFirst(selector);
    if (element == null) {
      throw failure("has no " + selector);
    }
    return element;
  }

  /**
   * Browsers ignore the attribute {@code Version}, which makes Java send the cookie in an obsolete
   * syntax; and they send {@code Secure} cookies to loopback without TLS.
   */
  private static boolean asBrowsersDo(URI uri, HttpCookie cookie) {
    cookie.setVersion(0);
    cookie.setSecure(false);
    return CookiePolicy.ACCEPT_ORIGINAL_SERVER.shouldAccept(uri, cookie);
  }

  /** The form that contains a control, or that its attribute {@code form} names. */
  private FormElement formOf(Element control) {
    Element form =
        control.hasAttr("form")
            ? page.getElementById(control.attr("form"))
            : control.closest("form");
    if (form instanceof FormElement found) {
      return found;
    }
    throw failure("has no form for " + control);
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
