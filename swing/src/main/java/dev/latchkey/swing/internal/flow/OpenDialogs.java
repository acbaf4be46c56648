package dev.latchkey.swing.internal.flow;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** One dialog for each client and account, however many calls need it. On the event thread only. */
public final class OpenDialogs {

  private record Key(Object client, @Nullable String accountId) {}

  private final Executor eventThread;
  private final Map<Key, OpenDialog> open = new HashMap<>();

  public OpenDialogs(Executor eventThread) {
    this.eventThread = eventThread;
  }

  /** Lets a call wait for the dialog that its account has already, or shows one. */
  public void join(AgainCall call) {
    if (!call.waits()) { // cancelled before it began
      return;
    }
    Key key = new Key(call.dialog().client(), call.why().accountId());
    OpenDialog joined = open.get(key);
    if (joined == null) {
      joined = new OpenDialog(call, eventThread, () -> open.remove(key), this::join);
      open.put(key, joined);
      joined.show();
    } else {
      joined.add(call);
    }
  }
}
