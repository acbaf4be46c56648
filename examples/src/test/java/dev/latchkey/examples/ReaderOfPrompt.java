package dev.latchkey.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.DeviceAuthorization;
import dev.latchkey.examples.demo.Visits;
import java.net.URI;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A person who reads the prompt on the terminal and goes to the page that it names. */
final class ReaderOfPrompt {

  private static final Pattern PAGE = Pattern.compile("(http://127\\.0\\.0\\.1:\\d+/device)\\b");
  private static final Pattern CODE = Pattern.compile("\\b([B-Z2-9]{9})\\b");

  private final DeviceAuthorization read;

  ReaderOfPrompt(String prompt) {
    read =
        new DeviceAuthorization(
            find(CODE, prompt),
            URI.create(find(PAGE, prompt)),
            null,
            null,
            Duration.ofMinutes(15),
            Duration.ofSeconds(1));
  }

  void approve(String username) throws InterruptedException {
    Visits.approve(read, username);
  }

  private static String find(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    assertThat(matcher.find()).as("%s in %s", pattern, text).isTrue();
    return matcher.group(1);
  }
}
