package dev.latchkey.graph.internal.http;

import java.net.URI;

/**
 * Notices that a chain of pages goes in a circle, with one URI in memory: an earlier page, replaced
 * by a later one each time their number doubles (Brent's algorithm).
 */
final class PageChain {

  private URI earlier;
  private long pages;

  /** Starts with this page. */
  PageChain(URI first) {
    this.earlier = first;
  }

  /**
   * Adds a page.
   *
   * @return whether the page that follows it is the same again, or came before
   */
  boolean repeats(URI page, URI next) {
    boolean repeated = next.equals(page) || next.equals(earlier);
    pages++;
    if (Long.bitCount(pages) == 1) {
      earlier = page;
    }
    return repeated;
  }
}
