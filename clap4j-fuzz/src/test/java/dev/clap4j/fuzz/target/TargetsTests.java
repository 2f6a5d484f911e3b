package dev.clap4j.fuzz.target;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clap4j.ClapException;
import dev.clap4j.fuzz.Target;
import dev.clap4j.fuzz.mutation.Input;
import dev.clap4j.fuzz.mutation.Mutator;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("slow")
class TargetsTests {
    @TempDir
    private Path folder;

    static Stream<Target> all() {
        return new Targets().targets().stream();
    }

    @Test
    void everyTargetHasItsOwnName() {
        assertThat(all().map(Target::name)).doesNotHaveDuplicates();
    }

    /** Damage to what is refused anyway would find little. */
    @ParameterizedTest
    @MethodSource("all")
    void soundInputsAreReadOrRefusedInWords(Target target) throws Exception {
        List<Input> seeds = target.seeds().get();
        List<String> refusals = new ArrayList<>();
        for (int i = 0; i < seeds.size(); i++) {
            Path place = folder.resolve(Integer.toString(i));
            seeds.get(i).writeTo(place);
            try {
                target.attempt().run(place);
            } catch (ClapException e) {
                refusals.add(e.getMessage());
            }
        }
        assertThat(refusals).as("%d of %d", refusals.size(), seeds.size()).hasSizeLessThan((seeds.size() + 2) / 2);
    }

    /** Damage is never done in vain, nor twice in the same way, and comes out the same at every time. */
    @ParameterizedTest
    @MethodSource("all")
    void damageFollowsFromTheSeed(Target target) {
        List<Input> seeds = target.seeds().get();
        Mutator mutator = new Mutator(target.name(), seeds, 7);
        Mutator again = new Mutator(target.name(), seeds, 7);
        List<Input> inputs = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            Input input = mutator.input(i);
            assertThat(again.input(i)).isEqualTo(input);
            inputs.add(input);
        }
        assertThat(inputs.subList(0, seeds.size())).isEqualTo(seeds);
        assertThat(inputs.stream().distinct().count()).isGreaterThan(80);
        assertThat(new Mutator(target.name(), seeds, 8).input(99)).isNotEqualTo(inputs.get(99));
    }
}
