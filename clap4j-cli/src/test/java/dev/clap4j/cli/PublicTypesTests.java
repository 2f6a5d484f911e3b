package dev.clap4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * The public types of each module, so that one more is a decision. Types in packages named {@code internal} are public only
 * for the other modules of this project. After a decision, {@code -Dclap4j.renew-public-types=true} renews the list.
 */
class PublicTypesTests {
    private static final Path LIST =
            Path.of(System.getProperty("clap4j.root"), "clap4j-cli/src/test/resources/public-types.txt");
    private static final Pattern MODULE =
            Pattern.compile("clap4j-(core|hub|diffusion|training|pretraining|evaluation|iconworld|search)(?=[/-])");

    @Test
    void areThoseOfTheList() throws IOException {
        JavaClasses classes = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .withImportOption(location -> !location.contains("-tests.jar"))
                .importPackages("dev.clap4j");
        List<String> found = classes.stream()
                .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC) && type.isTopLevelClass())
                .filter(type -> !type.getPackageName().matches(".*\\binternal\\b.*"))
                .filter(type -> MODULE.matcher(location(type)).find())
                .map(type -> module(type) + " " + type.getName())
                .sorted()
                .toList();
        if (Boolean.getBoolean("clap4j.renew-public-types")) {
            Files.write(LIST, found);
        }
        assertThat(found).containsExactlyElementsOf(Files.readAllLines(LIST));
    }

    private static String module(JavaClass type) {
        Matcher matcher = MODULE.matcher(location(type));
        String module = "";
        while (matcher.find()) {
            module = matcher.group();
        }
        return module;
    }

    private static String location(JavaClass type) {
        return type.getSource().orElseThrow().getUri().toString();
    }
}
