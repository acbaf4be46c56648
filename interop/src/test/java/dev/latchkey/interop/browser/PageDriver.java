package dev.latchkey.interop.browser;

import dev.latchkey.interop.fixture.EndUser;
import java.net.URI;

/** Where a {@link EndUser} looks at pages: a real browser, or plain HTTP. Selectors are CSS. */
public interface PageDriver {
  /** Opens a page. */
  void open(URI uri);

  /**
   * Waits until the page has one of the elements.
   *
   * @return the first of the selectors that one matches
   */
  String await(String... selectors);

  /** Types a text into an empty field. */
  void type(String selector, String text);

  /** Chooses one of several radio buttons. */
  void choose(String selector);

  /** Presses a button or follows a link, and waits for the page that comes after. */
  void press(String selector);

  /** The page's text, for messages and for what the pages say. */
  String text();

  /** A failure to do what was wanted on the page. */
  AssertionError failure(String what);
}
