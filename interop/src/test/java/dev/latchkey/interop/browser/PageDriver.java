package dev.latchkey.interop.browser;

import dev.latchkey.interop.fixture.EndUser;
import java.net.URI;

/** How an {@link EndUser} uses pages: a real browser, or plain HTTP. Selectors are CSS. */
public interface PageDriver {
  /** Opens a page. */
  void open(URI uri);

  /**
   * Waits until the page has one of the elements.
   *
   * @return the first of the selectors that matches an element
   */
  String await(String... selectors);

  /** Types text into an empty field. */
  void type(String selector, String text);

  /** Chooses one of several radio buttons. */
  void choose(String selector);

  /** Ticks every checkbox that matches. */
  void chooseAll(String selector);

  /** Presses a button or follows a link, and waits for the next page. */
  void press(String selector);

  /** The page's text. */
  String text();

  /** An error that quotes the page. */
  AssertionError failure(String what);
}
