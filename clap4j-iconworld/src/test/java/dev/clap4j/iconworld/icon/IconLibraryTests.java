package dev.clap4j.iconworld.icon;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class IconLibraryTests {
    private static final Set<String> NAMES =
            Concept.ALL.stream().flatMap(concept -> concept.icons().stream()).collect(Collectors.toSet());

    @ParameterizedTest
    @EnumSource(IconSet.class)
    void everySetHasEveryConcept(IconSet set) {
        Set<String> wanted = new HashSet<>(NAMES);
        wanted.add("no-such-icon");

        Map<String, IconLibrary.Drawing> drawings = IconLibrary.read(set, wanted);

        assertThat(Concept.ALL)
                .allSatisfy(concept -> assertThat(concept.icons()).anyMatch(drawings::containsKey));
        assertThat(wanted).containsAll(drawings.keySet());
        assertThat(drawings).doesNotContainKey("no-such-icon");
        assertThat(drawings.values()).allSatisfy(drawing -> {
            assertThat(drawing.width()).isPositive();
            assertThat(drawing.height()).isPositive();
            assertThat(drawing.svg()).startsWith("<svg ").endsWith("</svg>").contains(drawing.body());
        });
    }
}
