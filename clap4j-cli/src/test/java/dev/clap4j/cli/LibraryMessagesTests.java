package dev.clap4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Libraries speak of what is wrong; only the command line speaks of its options and commands. */
class LibraryMessagesTests {
    private static final Predicate<String> OF_THE_COMMAND_LINE =
            Pattern.compile("(^|[^\\w-])--([a-z]|$|\\u0001)|(^|\\W)clap [a-z]").asPredicate();

    /** Two hyphens that stand for a slash in names of folders. */
    private static final Set<String> NO_OPTIONS = Set.of("dev.clap4j.internal.source.RepositoryFolder: --");

    @Test
    void noneNamesAnOptionOrCommand() throws IOException {
        List<String> found = new ArrayList<>();
        int texts = 0;
        for (JavaClass type : new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .withImportOption(location -> !location.contains("-tests.jar"))
                .importPackages("dev.clap4j")) {
            if (type.getPackageName().startsWith("dev.clap4j.cli")) {
                continue;
            }
            for (String text : texts(type)) {
                texts++;
                String shown = type.getName() + ": " + text;
                if (OF_THE_COMMAND_LINE.test(text) && !NO_OPTIONS.contains(shown)) {
                    found.add(shown);
                }
            }
        }
        assertThat(texts).as("texts that were looked at").isGreaterThan(1000);
        assertThat(found).isEmpty();
    }

    @Test
    void optionsAndCommandsAreRecognized() {
        assertThat(List.of("use --resume", "(--heads)", "--\u0001", "\u0001; --overwrite", "with clap train"))
                .allMatch(OF_THE_COMMAND_LINE);
        assertThat(List.of("a--b", "clap4j wrote it", "clap", "1 -- 2", "-----BEGIN"))
                .noneMatch(OF_THE_COMMAND_LINE);
    }

    /** The string constants of a class file, parts that are put together among them. */
    private static List<String> texts(JavaClass type) throws IOException {
        try (DataInputStream file = new DataInputStream(
                type.getSource().orElseThrow().getUri().toURL().openStream())) {
            file.skipNBytes(8);
            int count = file.readUnsignedShort();
            String[] words = new String[count];
            List<Integer> constants = new ArrayList<>();
            for (int i = 1; i < count; i++) {
                int tag = file.readUnsignedByte();
                switch (tag) {
                    case 1 -> words[i] = file.readUTF();
                    case 8 -> constants.add(file.readUnsignedShort());
                    case 5, 6 -> {
                        file.skipNBytes(8);
                        i++;
                    }
                    case 7, 16, 19, 20 -> file.skipNBytes(2);
                    case 15 -> file.skipNBytes(3);
                    default -> file.skipNBytes(4);
                }
            }
            return constants.stream().map(constant -> words[constant]).toList();
        }
    }
}
