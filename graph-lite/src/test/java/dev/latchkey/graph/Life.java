package dev.latchkey.graph;

import dev.latchkey.AccessToken;
import dev.latchkey.Account;
import dev.latchkey.TokenSource;
import dev.latchkey.graph.mail.SendJournal;
import org.jspecify.annotations.Nullable;

/** The life of a process, which may be killed: from then on nothing that it tries happens. */
final class Life {

  /** The end. No catch clause of the library may stop it. */
  static final class Killed extends Error {
    private static final long serialVersionUID = 1L;
  }

  private volatile boolean over;
  private int journalEntries;
  private int deadlyEntry;
  private boolean deadlyBeforeItIsNoted;

  void end() {
    over = true;
  }

  /** Ends with the journal entry of this number, from 1: before it is noted, or after. */
  void endAtEntry(int number, boolean before) {
    deadlyEntry = number;
    deadlyBeforeItIsNoted = before;
  }

  /** How many entries were noted, or were to be. */
  int journalEntries() {
    return journalEntries;
  }

  private void breathe() {
    if (over) {
      throw new Killed();
    }
  }

  /** Tokens without which no request leaves. */
  TokenSource tokens() {
    CountingTokens tokens = new CountingTokens();
    return new TokenSource() {
      @Override
      public AccessToken get() {
        breathe();
        return tokens.get();
      }

      @Override
      public AccessToken getWithClaims(String claims) {
        throw new UnsupportedOperationException();
      }

      @Override
      public AccessToken replace(AccessToken rejected, @Nullable String claims) {
        throw new UnsupportedOperationException();
      }

      @Override
      public Account account() {
        return tokens.account();
      }
    };
  }

  /** A journal that outlives this life. */
  SendJournal in(SendJournal journal) {
    return new SendJournal() {
      @Override
      public @Nullable String read(String key) {
        breathe();
        return journal.read(key);
      }

      @Override
      public boolean replace(String key, @Nullable String expected, String entry) {
        breathe();
        journalEntries++;
        boolean deadly = journalEntries == deadlyEntry;
        if (deadly && deadlyBeforeItIsNoted) {
          end();
          breathe();
        }
        boolean replaced = journal.replace(key, expected, entry);
        if (deadly) {
          end();
        }
        breathe();
        return replaced;
      }
    };
  }
}
