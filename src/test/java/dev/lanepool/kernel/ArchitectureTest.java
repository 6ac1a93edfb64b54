package dev.lanepool.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.constantpool.Utf8Entry;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The arrows between the packages, as the class files have them; they point down only. */
class ArchitectureTest {
  private static final String ROOT = "dev.lanepool";
  private static final String KERNEL = ROOT + ".kernel";
  private static final String INCUBATOR = "jdk.incubator.vector";
  private static final Pattern DESCRIPTOR = Pattern.compile("L([\\w$]+(?:/[\\w$]+)+)[;<]");

  /** Each class with the classes that it names. */
  private static final Map<String, Set<String>> USES = new TreeMap<>();

  @BeforeAll
  static void readClassFiles() throws IOException, URISyntaxException {
    Path classes = classes();
    try (Stream<Path> files = Files.walk(classes)) {
      files
          .filter(file -> file.toString().endsWith(".class"))
          .filter(file -> !file.endsWith("module-info.class"))
          .forEach(file -> USES.put(name(classes.relativize(file)), uses(file)));
    }
  }

  private static Path classes() throws URISyntaxException {
    return Path.of(Kernels.class.getProtectionDomain().getCodeSource().getLocation().toURI());
  }

  @Test
  void classFilesWereRead() {
    assertTrue(USES.containsKey(Kernels.class.getName()), USES.keySet()::toString);
    assertTrue(
        USES.get(KERNEL + ".VectorBackend").contains(KERNEL + ".vector.VectorKernels"),
        () -> "a use is not seen: " + USES);
  }

  @Test
  void rootTypesKnowNothingAboveThem() {
    assertNoUse(in(ROOT), under(ROOT).and(in(ROOT).negate()));
  }

  @Test
  void kernelsKnowNothingAboveThem() {
    assertNoUse(under(KERNEL), under(ROOT).and(in(ROOT).or(under(KERNEL)).negate()));
  }

  @Test
  void backendsDoNotKnowEachOther() {
    assertNoUse(under(KERNEL + ".scalar"), under(KERNEL + ".vector"));
    assertNoUse(under(KERNEL + ".vector"), under(KERNEL + ".scalar"));
  }

  @Test
  void onlyTheVectorKernelsTouchTheIncubatorModule() {
    assertNoUse(under(KERNEL + ".vector").negate(), under(INCUBATOR));
  }

  /** Else a class of it could load before it is known that the module is there. */
  @Test
  void onlyVectorBackendKnowsTheVectorKernels() {
    Predicate<String> allowed = under(KERNEL + ".vector").or(nested(KERNEL + ".VectorBackend"));
    assertNoUse(allowed.negate(), under(KERNEL + ".vector"));
  }

  @Test
  void onlyKernelsKnowsTheScalarKernels() {
    Predicate<String> allowed = under(KERNEL + ".scalar").or(nested(KERNEL + ".Kernels"));
    assertNoUse(allowed.negate(), under(KERNEL + ".scalar"));
  }

  @Test
  void layersDoNotKnowHeadsOrMaps() {
    assertNoUse(under(ROOT + ".layer"), under(ROOT + ".head").or(under(ROOT + ".cam")));
    assertNoUse(under(ROOT + ".head"), under(ROOT + ".cam"));
  }

  @Test
  void nothingOutsideTheJdkIsUsed() {
    Predicate<String> jdk = under("java").or(under("javax")).or(under(INCUBATOR));
    assertNoUse(name -> true, under(ROOT).or(jdk).negate());
  }

  /** See Lanes: longer ones are not inlined behind loops, where their vectors would be boxed. */
  @Test
  void helpersThatStandBehindLoopsOnlyHandOn() throws IOException, URISyntaxException {
    Set<String> names = Set.of("exact", "at", "bits", "widen", "keepFirst", "keep");
    Path lanes = classes().resolve(KERNEL.replace('.', '/')).resolve("vector/Lanes.class");
    Set<String> seen = new TreeSet<>();
    for (MethodModel method : ClassFile.of().parse(lanes).methods()) {
      String name = method.methodName().stringValue();
      if (names.contains(name)) {
        seen.add(name);
        CodeAttribute code = method.findAttribute(Attributes.code()).orElseThrow();
        assertTrue(code.codeLength() <= 6, () -> name + " has " + code.codeLength() + " bytes");
      }
    }
    assertEquals(names, seen);
  }

  private static void assertNoUse(Predicate<String> users, Predicate<String> used) {
    Set<String> found = new TreeSet<>();
    USES.forEach(
        (user, all) -> {
          if (users.test(user)) {
            all.stream().filter(used).forEach(name -> found.add(user + " uses " + name));
          }
        });
    assertEquals(Set.of(), found);
  }

  /** Classes of this package. */
  private static Predicate<String> in(String packageName) {
    return name -> name.substring(0, name.lastIndexOf('.')).equals(packageName);
  }

  /** Classes of this package and of those whose names begin with it. */
  private static Predicate<String> under(String packageName) {
    return name -> name.startsWith(packageName + ".");
  }

  /** This class and those in it. */
  private static Predicate<String> nested(String className) {
    return name -> name.equals(className) || name.startsWith(className + "$");
  }

  private static String name(Path classFile) {
    String path = classFile.toString().replace(classFile.getFileSystem().getSeparator(), ".");
    return path.substring(0, path.length() - ".class".length());
  }

  /** The classes in a class file's constants: those called, and those in any descriptor. */
  private static Set<String> uses(Path file) {
    Set<String> names = new TreeSet<>();
    try {
      for (PoolEntry entry : ClassFile.of().parse(file).constantPool()) {
        if (entry instanceof ClassEntry used && !used.asInternalName().startsWith("[")) {
          names.add(used.asInternalName().replace('/', '.'));
        } else if (entry instanceof Utf8Entry text) {
          Matcher matcher = DESCRIPTOR.matcher(text.stringValue());
          while (matcher.find()) {
            names.add(matcher.group(1).replace('/', '.'));
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return names;
  }
}
