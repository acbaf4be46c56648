package dev.latchkey.graph.internal.http;

import com.google.gson.JsonObject;
import java.net.URI;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Walks a listing along {@code @odata.nextLink}, a page at a time. Used by one thread. */
public final class PageIterator<T> implements Iterator<T> {

  private final GraphHttp http;
  private final Function<JsonObject, T> reader;

  private final PageChain chain;
  private @Nullable GraphCall next;
  private Iterator<T> page = List.<T>of().iterator();

  /**
   * Creates one; nothing is sent.
   *
   * @param first asks for the first page; the later requests carry its headers
   * @param reader reads an element of {@code value}
   */
  public PageIterator(GraphHttp http, GraphCall first, Function<JsonObject, T> reader) {
    this.http = http;
    this.reader = reader;
    this.next = first;
    this.chain = new PageChain(first.uri());
  }

  @Override
  public boolean hasNext() {
    // An empty page need not be the last.
    while (!page.hasNext() && next != null) {
      GraphResponse response = http.send(next);
      List<T> elements = response.readAll("value", reader);
      GraphCall following = following(response);
      if (following != null && chain.repeats(next.uri(), following.uri())) {
        throw response.malformed("a next page that came before");
      }
      next = following;
      page = elements.iterator();
    }
    return page.hasNext();
  }

  @Override
  public T next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return page.next();
  }

  /** The call for the page after this one; null if this is the last. */
  private @Nullable GraphCall following(GraphResponse response) {
    String link = response.link("@odata.nextLink");
    if (link == null) {
      return null;
    }
    URI target = http.link(link);
    if (target == null) {
      throw response.malformed("a next page that is not at Graph");
    }
    return response.call().to(target);
  }
}
