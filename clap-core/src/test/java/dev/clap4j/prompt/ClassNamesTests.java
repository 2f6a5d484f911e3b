package dev.clap4j.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clap4j.ClapException;
import org.junit.jupiter.api.Test;

class ClassNamesTests {
    @Test
    void folderNamesBecomeWords() {
        assertThat(ClassNames.fromFolder("Alarm_Clock")).isEqualTo("alarm clock");
        assertThat(ClassNames.fromFolder("TV")).isEqualTo("tv");
    }

    @Test
    void listsKeepTheirOrderAndCase() {
        assertThat(ClassNames.parse("zebra, The Great Wall ,t-shirt"))
                .containsExactly("zebra", "The Great Wall", "t-shirt");
    }

    @Test
    void emptyAndRepeatedNamesAreRefused() {
        assertThatThrownBy(() -> ClassNames.parse("dog,,cat"))
                .isInstanceOf(ClapException.class)
                .hasMessage("The class list \"dog,,cat\" has an empty name;"
                        + " write the names with single commas between them: dog,alarm clock");
        assertThatThrownBy(() -> ClassNames.parse("dog,cat,dog"))
                .isInstanceOf(ClapException.class)
                .hasMessage("The class \"dog\" is named twice in \"dog,cat,dog\"");
    }
}
