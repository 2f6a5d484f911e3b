package dev.clap4j.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.clap4j.fuzz.mutation.Input;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The fuzzer finds what was planted for it, in processes that it survives. */
@Tag("slow")
class CampaignTests {
    private static final Limits LIMITS = new Limits(Duration.ofSeconds(1), 100 << 20);
    private static final Campaign.Listener SILENT = new Campaign.Listener() {
        @Override
        public void round(long seed, long executions) {}

        @Override
        public void found(Finding finding) {}
    };

    @TempDir
    private Path folder;

    private Campaign run(String place, List<Target> targets, long executions) {
        Findings store = new Findings(folder.resolve(place));
        try (WorkerProcess worker =
                new WorkerProcess(ToyTargets.class, folder.resolve(place + "-work"), LIMITS, "256m")) {
            Campaign campaign = new Campaign(targets, worker, store, SILENT);
            campaign.run(1, 1, executions);
            return campaign;
        }
    }

    private static List<Target> toys(String... names) {
        return new ToyTargets()
                .targets().stream()
                        .filter(target -> List.of(names).contains(target.name()))
                        .toList();
    }

    @Test
    void whatIsPlantedIsFoundAndMadeSmall() {
        Campaign campaign = run("found", toys("hang", "memory", "abort"), 3);
        assertThat(campaign.findings())
                .extracting(Finding::target, finding -> finding.outcome().kind(), Finding::repeats)
                .containsExactlyInAnyOrder(
                        tuple("hang", Outcome.Kind.HANG, true),
                        tuple("memory", Outcome.Kind.MEMORY, true),
                        tuple("abort", Outcome.Kind.ABORT, true));
        assertThat(campaign.tallies()).allSatisfy(tally -> {
            assertThat(tally.executions()).isEqualTo(3);
            assertThat(tally.values() + tally.refusals() + tally.findings()).isEqualTo(3);
        });
    }

    @Test
    void exceptionsAreFoundMadeSmallAndKept() {
        Campaign campaign = run("first", toys("sound", "exception"), 500);

        assertThat(campaign.findings()).hasSize(1);
        Finding finding = campaign.findings().get(0);
        assertThat(finding.outcome().signature()).isEqualTo("java.lang.IllegalStateException");
        assertThat(finding.outcome().detail()).contains("planted", "ToyTargets");
        Path kept = Path.of(finding.folder());
        assertThat(Findings.load(kept)).isEqualTo(finding);
        assertThat(text(Input.readFrom(kept.resolve("input")))).containsPattern("\\d");
        assertThat(text(Input.readFrom(kept.resolve("minimal")))).matches("\\d");
    }

    @Test
    void theSameSeedFindsTheSame() {
        Function<Campaign, String> essence = campaign -> campaign.tallies().stream()
                        .map(tally -> List.of(tally.executions(), tally.values(), tally.refusals(), tally.findings()))
                        .toList()
                + campaign.findings().stream().map(Finding::execution).toList().toString();
        String first = essence.apply(run("a", toys("sound", "exception"), 300));
        assertThat(essence.apply(run("b", toys("sound", "exception"), 300))).isEqualTo(first);
    }

    private static String text(Input input) {
        return input.files().values().stream()
                .map(bytes -> new String(bytes, StandardCharsets.ISO_8859_1))
                .collect(Collectors.joining());
    }
}
