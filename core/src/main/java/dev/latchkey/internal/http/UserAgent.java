package dev.latchkey.internal.http;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The {@code User-Agent} of requests: products, the most significant first, such as {@code
 * MyApp/1.0 latchkey/0.1.0}.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-10.1.5">RFC 9110 §10.1.5</a>
 */
public final class UserAgent {

  private UserAgent() {}

  /**
   * Names a product of ours, with its version if the module or the jar of the class states one.
   *
   * @param name the product
   * @param anchor a class of the product
   */
  public static String product(String name, Class<?> anchor) {
    String version = version(name, anchor);
    return version == null ? name : name + "/" + version;
  }

  /**
   * Puts the application in front of the library.
   *
   * @param application such as {@code MyApp/1.0}
   * @param library what {@link #product} returned
   * @throws IllegalArgumentException if the application is blank or contains anything but printable
   *     ASCII
   */
  public static String of(String application, String library) {
    if (application.isBlank() || !application.matches("[ -~]*")) {
      throw new IllegalArgumentException("the user agent must be printable ASCII");
    }
    return application.strip() + " " + library;
  }

  private static @Nullable String version(String name, Class<?> anchor) {
    Module module = anchor.getModule();
    String stated =
        module.isNamed()
            ? module.getDescriptor().rawVersion().orElse(null)
            : versionOfJar(name, anchor.getPackage());
    return stated != null && stated.matches("[0-9A-Za-z.+_-]+") ? stated : null;
  }

  /** A jar that was made of several states the version of whoever made it. */
  private static @Nullable String versionOfJar(String name, Package of) {
    String title = of.getImplementationTitle();
    String product = name.split("-", 2)[0];
    return title != null && title.toLowerCase(Locale.ROOT).startsWith(product)
        ? of.getImplementationVersion()
        : null;
  }
}
