package dev.latchkey.examples.sync;

import dev.latchkey.graph.Drive;
import dev.latchkey.graph.drive.DeltaPage;
import dev.latchkey.graph.drive.DriveItem;
import dev.latchkey.graph.error.GraphException;
import dev.latchkey.graph.error.MalformedAnswer;
import dev.latchkey.graph.error.NotFound;
import dev.latchkey.graph.error.RequestRefused;
import dev.latchkey.graph.error.ResyncRequired;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** Reads the changes of a drive into the journal. Used once. */
final class DeltaPull {

  private final Drive drive;
  private final SyncJournal journal;

  DeltaPull(Drive drive, SyncJournal journal) {
    this.drive = drive;
    this.journal = journal;
  }

  /**
   * Reads all pages. A link that Graph refuses for good is given up once: otherwise no later run
   * would get past it.
   */
  void run() {
    boolean anew = false;
    DeltaPage page;
    do {
      String link = journal.link();
      try {
        page = drive.delta(link);
      } catch (GraphException | IllegalArgumentException e) {
        if (anew || link == null || !isAboutTheLink(e)) {
          throw e;
        }
        anew = true;
        page = firstPage(e);
        // Files that are no longer in the drive go, unless a person changed them.
        journal.forgetRemote();
      }
      note(page);
    } while (!page.isLast());
  }

  private DeltaPage firstPage(RuntimeException refusal) {
    String restart = refusal instanceof ResyncRequired tooOld ? tooOld.restartLink() : null;
    try {
      return drive.delta(restart);
    } catch (GraphException | IllegalArgumentException e) {
      if (restart == null || !isAboutTheLink(e)) {
        throw e;
      }
      return drive.delta(null);
    }
  }

  /** Whether another link may work. A link is also refused if it leads to another Graph. */
  private static boolean isAboutTheLink(RuntimeException e) {
    return e instanceof ResyncRequired
        || e instanceof NotFound
        || e instanceof RequestRefused
        || e instanceof MalformedAnswer
        || e instanceof IllegalArgumentException;
  }

  private void note(DeltaPage page) {
    Map<String, DriveEntry> changed = new LinkedHashMap<>();
    Set<String> gone = new LinkedHashSet<>();
    for (DriveItem item : page.items()) { // the last entry for an item counts
      if (!item.deleted() && item.name() == null) {
        continue; // Graph left the name out: nothing is known to be gone
      }
      DriveEntry known = item.deleted() ? null : DriveEntry.of(item);
      changed.remove(item.id());
      if (known == null) {
        gone.add(item.id());
      } else {
        gone.remove(item.id());
        changed.put(item.id(), known);
      }
    }
    journal.page(changed.values(), gone, page.link());
  }
}
