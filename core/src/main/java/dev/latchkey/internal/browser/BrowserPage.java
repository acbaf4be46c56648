package dev.latchkey.internal.browser;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.latchkey.internal.text.Sha256;
import java.nio.ByteBuffer;
import java.util.Base64;

/**
 * A response to a browser: a page of two texts, which loads nothing, links to nothing and is kept
 * nowhere. Holds nothing of the request.
 *
 * @param status the HTTP status
 * @param title the heading; plain text
 * @param text the paragraph; plain text. Empty, as the title then is, for no page at all
 */
public record BrowserPage(int status, String title, String text) {

  private static final String STYLE =
      "body{font:1.1rem/1.5 system-ui,sans-serif;max-width:34rem;margin:20vh auto;padding:0 1rem}"
          + ":root{color-scheme:light dark}";

  /** Takes the code out of the address bar and of the history of the tab. */
  private static final String SCRIPT = "history.replaceState(null,'',location.pathname)";

  private static final String POLICY =
      "default-src 'none'; style-src '"
          + hash(STYLE)
          + "'; script-src '"
          + hash(SCRIPT)
          + "'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  /** No page: for what no person looks at. */
  static BrowserPage none(int status) {
    return new BrowserPage(status, "", "");
  }

  /** The whole response, after which the connection ends. */
  ByteBuffer response() {
    byte[] body = title.isEmpty() ? new byte[0] : html().getBytes(UTF_8);
    String head =
        "HTTP/1.1 "
            + status
            + " \r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: "
            + body.length
            + "\r\nConnection: close\r\nCache-Control: no-store\r\nReferrer-Policy: no-referrer"
            + "\r\nX-Content-Type-Options: nosniff\r\nX-Frame-Options: DENY"
            + "\r\nContent-Security-Policy: "
            + POLICY
            + "\r\n\r\n";
    byte[] start = head.getBytes(UTF_8);
    return ByteBuffer.allocate(start.length + body.length).put(start).put(body).flip();
  }

  /** With an icon of its own, so that no browser asks for one. */
  private String html() {
    return "<!DOCTYPE html><meta charset=\"utf-8\"><link rel=\"icon\" href=\"data:,\">"
        + "<meta name=\"viewport\" content=\"width=device-width\"><title>"
        + escape(title)
        + "</title><style>"
        + STYLE
        + "</style><h1>"
        + escape(title)
        + "</h1><p>"
        + escape(text)
        + "</p><script>"
        + SCRIPT
        + "</script>";
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  private static String hash(String inline) {
    byte[] digest = Sha256.digest().digest(inline.getBytes(UTF_8));
    return "sha256-" + Base64.getEncoder().encodeToString(digest);
  }
}
