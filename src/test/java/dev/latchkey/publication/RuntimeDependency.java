package dev.latchkey.publication;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/**
 * A library that a published module brings along, as Maven resolved it.
 *
 * @param jar the file in the local repository
 */
record RuntimeDependency(
    String group, String artifact, String version, boolean optional, Path jar) {

  /** {@code group:artifact:jar:version:scope:file (optional) -- module name}. */
  private static final Pattern LINE =
      Pattern.compile(
          " *([^: ]+):([^: ]+):jar:([^: ]+):(?:compile|runtime):(.+?\\.jar|.+?/classes)"
              + "( \\(optional\\))?( -- .*)?");

  /** What POMs call the licences that fit an Apache-2.0 library: their SPDX identifiers. */
  private static final Map<String, String> LICENCES =
      Map.ofEntries(
          Map.entry("apache-2.0", "Apache-2.0"),
          Map.entry("apache license, version 2.0", "Apache-2.0"),
          Map.entry("the apache license, version 2.0", "Apache-2.0"),
          Map.entry("the apache software license, version 2.0", "Apache-2.0"),
          Map.entry("bsd 2-clause license", "BSD-2-Clause"),
          Map.entry("bsd-3", "BSD-3-Clause"),
          Map.entry("eclipse public license v2.0", "EPL-2.0"),
          Map.entry("mit", "MIT"),
          Map.entry("mit license", "MIT"),
          Map.entry("the bsd license", "BSD-3-Clause"));

  /** Reads what the Maven dependency plugin has listed; our own modules are left out. */
  static List<RuntimeDependency> readAll(Path list) throws IOException {
    List<RuntimeDependency> all = new ArrayList<>();
    for (String line : Files.readAllLines(list)) {
      Matcher parts = LINE.matcher(line);
      if (parts.matches() && !parts.group(1).equals("dev.latchkey")) {
        all.add(
            new RuntimeDependency(
                parts.group(1),
                parts.group(2),
                parts.group(3),
                parts.group(5) != null,
                Path.of(parts.group(4))));
      }
    }
    return all;
  }

  /** The line that is checked in. */
  String pinned() throws Exception {
    return "%s:%s:%s%s %s sha256:%s"
        .formatted(
            group,
            artifact,
            version,
            optional ? " (optional)" : "",
            licence(),
            HexFormat.of().formatHex(sha256().digest(Files.readAllBytes(jar))));
  }

  /**
   * The licence under which we pass the library on.
   *
   * @throws IllegalStateException if its POM and their parents name none that is known to fit
   */
  String licence() throws Exception {
    List<String> named = licences(jar.resolveSibling(artifact + "-" + version + ".pom"));
    return named.stream()
        .map(name -> LICENCES.get(name.toLowerCase(Locale.ROOT)))
        .filter(name -> name != null)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException(this + " has no fitting licence: " + named));
  }

  private List<String> licences(Path pom) throws Exception {
    Element project = read(pom);
    List<String> names = new ArrayList<>();
    for (Element licence : children(children(project, "licenses"), "license")) {
      names.add(text(licence, "name"));
    }
    List<Element> parent = children(project, "parent");
    return names.isEmpty() && !parent.isEmpty() ? licences(pomOf(parent.get(0))) : names;
  }

  private Path pomOf(Element parent) {
    int depth = 3 + group.split("\\.", -1).length; // REPOSITORY/GROUP/OF/IT/ARTIFACT/VERSION/JAR
    Path repository = jar.resolve("../".repeat(depth)).normalize();
    String name = text(parent, "artifactId");
    String release = text(parent, "version");
    return repository
        .resolve(text(parent, "groupId").replace('.', '/'))
        .resolve(name)
        .resolve(release)
        .resolve(name + "-" + release + ".pom");
  }

  private static Element read(Path pom)
      throws IOException, ParserConfigurationException, SAXException {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(pom.toFile())
        .getDocumentElement();
  }

  private static String text(Element parent, String name) {
    return children(parent, name).get(0).getTextContent().strip();
  }

  private static List<Element> children(List<Element> parents, String name) {
    return parents.stream().flatMap(parent -> children(parent, name).stream()).toList();
  }

  private static List<Element> children(Element parent, String name) {
    List<Element> found = new ArrayList<>();
    for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element element && element.getTagName().equals(name)) {
        found.add(element);
      }
    }
    return found;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every JDK has it
    }
  }
}
