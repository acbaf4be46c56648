/** A few typed Microsoft Graph endpoints on top of a Latchkey token source. */
module dev.latchkey.graph {
  requires transitive dev.latchkey;
  requires static org.jspecify;
}
