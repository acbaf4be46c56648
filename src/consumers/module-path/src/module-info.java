module com.example.consumer {
  requires dev.latchkey;
  requires dev.latchkey.graph;
  requires dev.latchkey.keyring;
  requires dev.latchkey.swing;
  requires dev.latchkey.testkit;
}
