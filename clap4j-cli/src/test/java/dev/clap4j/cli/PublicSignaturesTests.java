package dev.clap4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** No public signature shows a type of a package named {@code internal}, apart from the exceptions below. */
class PublicSignaturesTests {
    private static final Pattern INTERNAL = Pattern.compile("dev\\.clap4j\\.internal\\..*");

    /** Tools of this project, whose classes are public for its other modules alone. */
    private static final Pattern TOOLS = Pattern.compile("dev\\.clap4j\\.(cli|bench|fuzz)\\b.*");

    /** Methods that show internal types, with the reason. */
    private static final Map<String, String> EXCEPTIONS = Map.ofEntries(
            Map.entry(
                    "dev\\.clap4j\\.(experiment|benchmark|tsne)\\b.*",
                    "the evaluation is written for the commands; its measurements work on encoders and engines"),
            Map.entry(
                    "dev\\.clap4j\\.dataset\\.(FeatureCache|LabelledSources)\\..*",
                    "the commands read images and encode them with a loaded model; users have Clip.embed"),
            Map.entry(
                    "dev\\.clap4j\\.feature\\.FeatureFiles\\.matrix",
                    "checks a tensor that the evaluation has read, in the words of all feature files"),
            Map.entry(
                    "dev\\.clap4j\\.iconworld\\.(dataset\\.PictureBitmap|icon\\.GlyphAtlas)\\..*",
                    "drawings are made for the commands and the tests of this project"));

    @Test
    void showNoInternalTypes() {
        List<String> shown = new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .withImportOption(location -> !location.contains("-tests.jar"))
                        .importPackages("dev.clap4j")
                        .stream()
                        .filter(PublicSignaturesTests::isPublic)
                        .flatMap(type -> type.getCodeUnits().stream())
                        .filter(method -> method.getModifiers().contains(JavaModifier.PUBLIC)
                                && !method.getModifiers().contains(JavaModifier.SYNTHETIC))
                        .filter(PublicSignaturesTests::showsInternals)
                        .map(method -> method.getOwner().getName() + "." + method.getName())
                        .distinct()
                        .sorted()
                        .toList();
        assertThat(shown).as("methods that were looked at").isNotEmpty();
        assertThat(shown.stream().filter(method -> exceptions(method).isEmpty()))
                .isEmpty();
        assertThat(new TreeSet<>(EXCEPTIONS.keySet()))
                .as("exceptions that are needed")
                .allMatch(exception -> shown.stream().anyMatch(method -> method.matches(exception)));
    }

    private static List<String> exceptions(String method) {
        return EXCEPTIONS.keySet().stream().filter(method::matches).toList();
    }

    private static boolean isPublic(JavaClass type) {
        boolean outer =
                type.getEnclosingClass().map(PublicSignaturesTests::isPublic).orElse(true);
        return outer
                && type.getModifiers().contains(JavaModifier.PUBLIC)
                && !INTERNAL.matcher(type.getName()).matches()
                && !TOOLS.matcher(type.getName()).matches();
    }

    private static boolean showsInternals(JavaCodeUnit method) {
        return Stream.concat(method.getParameterTypes().stream(), Stream.of(method.getReturnType()))
                .flatMap(type -> type.getAllInvolvedRawTypes().stream())
                .anyMatch(type ->
                        INTERNAL.matcher(type.getBaseComponentType().getName()).matches());
    }
}
