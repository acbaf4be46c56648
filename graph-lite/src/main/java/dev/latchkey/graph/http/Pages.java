package dev.latchkey.graph.http;

import com.google.gson.JsonObject;
import dev.latchkey.graph.Listing;
import java.net.URI;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** A listing that follows {@code @odata.nextLink}. */
public final class Pages<T> implements Listing<T> {

  private final GraphHttp http;
  private final Call first;
  private final Function<JsonObject, T> reader;

  /**
   * Creates one; nothing is sent.
   *
   * @param first asks for the first page; the later ones go with its headers
   * @param reader reads an element of {@code value}
   */
  public Pages(GraphHttp http, Call first, Function<JsonObject, T> reader) {
    this.http = http;
    this.first = first;
    this.reader = reader;
  }

  @Override
  public Iterator<T> iterator() {
    return new Walk();
  }

  @Override
  public Stream<T> stream() {
    return StreamSupport.stream(
        Spliterators.spliteratorUnknownSize(iterator(), Spliterator.ORDERED | Spliterator.NONNULL),
        false);
  }

  /**
   * The call for the page after this one.
   *
   * @return null if this is the last
   * @throws dev.latchkey.graph.error.MalformedAnswer if the link leads to another host, or back to
   *     this page
   */
  public static @Nullable Call next(GraphHttp http, Answer page) {
    String link = page.string("@odata.nextLink");
    if (link == null) {
      return null;
    }
    URI target = http.link(link);
    if (target == null) {
      throw page.malformed("a next page that is not at Graph");
    }
    if (target.equals(page.call().uri())) {
      throw page.malformed("a next page that is the same again");
    }
    return page.call().to(target);
  }

  private final class Walk implements Iterator<T> {

    private @Nullable Call next = first;

    /** One of the pages before, a later one whenever twice as many came: finds every circle. */
    private URI before = first.uri();

    private long pages;

    private Iterator<T> page = List.<T>of().iterator();

    @Override
    public boolean hasNext() {
      // A page may be empty and yet not be the last.
      while (!page.hasNext() && next != null) {
        Answer answer = http.send(next);
        List<T> elements = answer.readAll("value", reader);
        Call following = Pages.next(http, answer);
        if (following != null && following.uri().equals(before)) {
          throw answer.malformed("a next page that came before");
        }
        pages++;
        if (Long.bitCount(pages) == 1) {
          before = next.uri();
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
  }
}
