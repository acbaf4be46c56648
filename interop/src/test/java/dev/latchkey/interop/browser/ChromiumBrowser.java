package dev.latchkey.interop.browser;

import dev.latchkey.interop.fixture.Requirement;
import dev.latchkey.interop.fixture.TiedProcess;
import dev.latchkey.interop.fixture.Workspace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.openqa.selenium.By;
import org.openqa.selenium.NoSuchSessionException;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.TimeoutException;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.remote.RemoteWebDriver;
import org.openqa.selenium.support.ui.WebDriverWait;

/**
 * A real, headless Chromium with a new profile for each {@link #open()}. It reaches only loopback.
 * A failure saves a screenshot of its page under {@code target/browser}.
 *
 * <p>ChromeDriver comes from the {@code PATH} and is used directly: Selenium's own driver search
 * would download one.
 */
public final class ChromiumBrowser implements PageDriver, AutoCloseable {
  private static final Duration START_PATIENCE = Duration.ofSeconds(60);
  private static final Duration PAGE_PATIENCE = Duration.ofSeconds(60);
  private static final Pattern LISTENING = Pattern.compile("started successfully on port (\\d+)");
  private static final AtomicInteger PICTURES = new AtomicInteger();

  private static final String FIRST_SHOWN =
      """
      const shown = {opacityProperty: true, visibilityProperty: true};
      const all = selector => Array.from(document.querySelectorAll(selector));
      return document.readyState === 'complete'
          ? arguments[0].find(s => all(s).some(e => e.checkVisibility(shown))) ?? null
          : null;
      """;

  private static final String MARK = "window.latchkeyPressed = true;";
  private static final String IS_ANOTHER_AND_WHOLE =
      "return !window.latchkeyPressed && document.readyState === 'complete';";

  /** Set this variable to true to save a screenshot of every page. */
  private static final boolean EVERY_PAGE =
      Boolean.parseBoolean(System.getenv("LATCHKEY_INTEROP_PICTURES"));

  private final TiedProcess process;
  private final RemoteWebDriver driver;
  private final Path profile;

  private ChromiumBrowser(TiedProcess process, RemoteWebDriver driver, Path profile) {
    this.process = process;
    this.driver = driver;
    this.profile = profile;
  }

  /** Starts a browser. */
  public static ChromiumBrowser open() {
    Path chromium = Requirement.program("chromium", "chromium-browser", "google-chrome");
    Path chromeDriver = Requirement.program("chromedriver");
    Path profile = emptyProfile();
    TiedProcess process =
        TiedProcess.start(
            "chromedriver",
            profile,
            // Chromium puts here what is not in its profile.
            Map.of("TMPDIR", profile.toString()),
            List.of(chromeDriver.toString(), "--port=0"));
    try {
      String port = process.awaitOutput(LISTENING, START_PATIENCE).group(1);
      URL service = URI.create("http://127.0.0.1:" + port).toURL();
      RemoteWebDriver driver = new RemoteWebDriver(service, options(chromium, profile), false);
      return new ChromiumBrowser(process, driver, profile);
    } catch (MalformedURLException | RuntimeException e) {
      process.close();
      IllegalStateException failure = process.failure("could not start Chromium");
      failure.initCause(e);
      throw failure;
    }
  }

  @Override
  public void open(URI uri) {
    driver.get(uri.toString());
  }

  @Override
  public String await(String... selectors) {
    String shown =
        until(() -> firstShown(selectors), "has none of " + String.join(", ", selectors));
    pictureIfWanted();
    return shown;
  }

  @Override
  public void type(String selector, String text) {
    element(selector).sendKeys(text);
  }

  @Override
  public void choose(String selector) {
    element(selector).click();
  }

  @Override
  public void chooseAll(String selector) {
    driver.findElements(By.cssSelector(selector)).forEach(WebElement::click);
  }

  @Override
  public void press(String selector) {
    pictureIfWanted();
    // A query to a page that is gone has several errors; a mark is simply missing.
    driver.executeScript(MARK);
    element(selector).click();
    until(
        () -> (Boolean) driver.executeScript(IS_ANOTHER_AND_WHOLE),
        "stays when " + selector + " is pressed");
  }

  @Override
  public String text() {
    return driver.findElement(By.tagName("body")).getText();
  }

  /** What the address bar shows. */
  public String address() {
    return String.valueOf(driver.getCurrentUrl());
  }

  @Override
  public AssertionError failure(String what) {
    Path picture = picture("failure");
    return new AssertionError(
        "%s %s; see %s:%n%s".formatted(driver.getCurrentUrl(), what, picture, text()));
  }

  @Override
  public void close() {
    try {
      driver.quit();
    } finally {
      process.close();
      delete(profile);
    }
  }

  private void pictureIfWanted() {
    if (EVERY_PAGE) {
      picture("page");
    }
  }

  private Path picture(String name) {
    Path file =
        Workspace.target("browser")
            .resolve("%s-%d.png".formatted(name, PICTURES.incrementAndGet()));
    try {
      return Files.write(file, driver.getScreenshotAs(OutputType.BYTES));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Looks for all selectors at once, and only when the page has loaded. On a half-loaded page, or
   * on two pages in turn, a later selector could be found although an earlier one matches.
   */
  private @Nullable String firstShown(String... selectors) {
    return (String) driver.executeScript(FIRST_SHOWN, List.of(selectors));
  }

  /**
   * Tries again after an error: a query between two pages may fail. It is the test's eye that fails
   * there; a person's browser, and the library, make no such query.
   */
  private <T> T until(Supplier<@Nullable T> condition, String problem) {
    try {
      return new WebDriverWait(driver, PAGE_PATIENCE)
          .ignoring(WebDriverException.class)
          .until(any -> ofThisBrowser(condition));
    } catch (TimeoutException e) {
      AssertionError failure = failure(problem);
      failure.initCause(e);
      throw failure;
    }
  }

  private static <T> @Nullable T ofThisBrowser(Supplier<@Nullable T> condition) {
    try {
      return condition.get();
    } catch (NoSuchSessionException e) {
      throw new IllegalStateException("Chromium has ended.", e);
    }
  }

  private WebElement element(String selector) {
    List<WebElement> elements = driver.findElements(By.cssSelector(selector));
    if (elements.isEmpty()) {
      throw failure("has no " + selector);
    }
    return elements.get(0);
  }

  private static ChromeOptions options(Path chromium, Path profile) {
    return new ChromeOptions()
        .setBinary(chromium.toString())
        .addArguments(
            "--headless",
            "--user-data-dir=" + profile,
            // Chromium's sandbox does not run as root, the usual user in a container.
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--window-size=1000,900",
            // Pages do without fonts and scripts from elsewhere.
            "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost");
  }

  private static Path emptyProfile() {
    try {
      // Not under target: the path could be too long for Chromium's socket.
      return Files.createTempDirectory("latchkey-browser");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
