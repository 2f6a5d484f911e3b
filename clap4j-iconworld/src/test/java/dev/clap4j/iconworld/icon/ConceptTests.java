package dev.clap4j.iconworld.icon;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ConceptTests {
    @Test
    void thereAre187WithNamesAsTheyStandInPrompts() {
        assertThat(Concept.ALL).hasSize(187).extracting(Concept::name).doesNotHaveDuplicates();
        assertThat(Concept.ALL).allSatisfy(concept -> {
            assertThat(concept.name()).matches("[a-z-]+( [a-z]+)*");
            assertThat(concept.icons()).isNotEmpty().doesNotHaveDuplicates();
        });
        assertThat(Concept.EVALUATED).isEqualTo(77);
    }

    @Test
    void setsAreSeenOrUnseen() {
        assertThat(IconSet.SEEN).hasSize(7).allMatch(IconSet::isSeen);
        assertThat(IconSet.UNSEEN).hasSize(4).noneMatch(IconSet::isSeen);
        assertThat(IconSet.values()).hasSize(11).extracting(IconSet::id).doesNotHaveDuplicates();
    }
}
