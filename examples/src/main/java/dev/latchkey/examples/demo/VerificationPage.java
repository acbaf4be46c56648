package dev.latchkey.examples.demo;

import dev.latchkey.DeviceAuthorization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Fills in the server's web page as a person would: enters the code, then decides. */
public final class VerificationPage {

  private static final Pattern FORM_TOKEN =
      Pattern.compile("name=\"form_token\" value=\"([^\"]+)\"");

  private final HttpClient http;

  public VerificationPage(HttpClient http) {
    this.http = http;
  }

  public void approve(DeviceAuthorization shown, String username) throws InterruptedException {
    submit(shown, Map.of("decision", "approve", "account", username));
  }

  void decline(DeviceAuthorization shown) throws InterruptedException {
    submit(shown, Map.of("decision", "decline"));
  }

  private void submit(DeviceAuthorization shown, Map<String, String> decision)
      throws InterruptedException {
    URI page = shown.verificationUri();
    String start = send(HttpRequest.newBuilder(page));
    Map<String, String> code =
        Map.of("user_code", shown.userCode(), "form_token", formToken(start));
    String question = send(post(page, form(code)));
    DemoScript.check(question.contains(shown.userCode()), "The page does not know the code");
    send(post(page, form(code) + "&" + form(decision)));
  }

  private static HttpRequest.Builder post(URI page, String form) {
    return HttpRequest.newBuilder(page)
        .header("Content-Type", "application/x-www-form-urlencoded")
        .POST(HttpRequest.BodyPublishers.ofString(form));
  }

  private String send(HttpRequest.Builder request) throws InterruptedException {
    try {
      HttpResponse<String> answer =
          http.send(
              request.timeout(Duration.ofSeconds(10)).build(),
              HttpResponse.BodyHandlers.ofString());
      DemoScript.check(answer.statusCode() == 200, "The page answered " + answer.statusCode());
      return answer.body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String formToken(String html) {
    Matcher matcher = FORM_TOKEN.matcher(html);
    DemoScript.check(matcher.find(), "The page has no form");
    return matcher.group(1);
  }

  private static String form(Map<String, String> fields) {
    return fields.entrySet().stream()
        .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
  }
}
