package dev.clap4j.internal.io;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clap4j.ClapException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderRecordTests {
    @TempDir
    private Path temporary;

    private static ObjectNode record(int steps, String scheduler) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("model", "same")
                .put("steps", steps)
                .put("scheduler", scheduler);
    }

    private void take(ObjectNode wanted) {
        FolderRecord.take(temporary, "made.json", wanted, "pictures that were made", "pictures");
    }

    private void assertDifferent(ObjectNode wanted, String differences) {
        assertThatThrownBy(() -> take(wanted))
                .isInstanceOf(ClapException.class)
                .hasMessage(temporary + " holds pictures that were made differently: " + differences
                        + "; choose another folder, or delete it");
    }

    @Test
    void onlyDifferencesAreTold() {
        ObjectNode made = record(4, "{" + "x".repeat(1000) + "}");
        take(made);
        take(made);
        assertDifferent(record(8, made.get("scheduler").asText()), "steps 4 instead of 8");
        assertDifferent(record(8, "{" + "x".repeat(1001) + "}"), "steps 4 instead of 8, another scheduler");
        assertDifferent(made.deepCopy().put("negative-prompt", "ugly"), "negative-prompt none instead of ugly");
        assertDifferent(made.deepCopy().without("steps"), "steps 4 instead of none");
    }

    @Test
    void recordsWithManyOtherKeysAreToldBriefly() {
        ObjectNode made = record(4, "a");
        for (int i = 0; i < 10_000; i++) {
            made.put("k".repeat(200) + i, i);
        }
        take(made);
        assertThatThrownBy(() -> take(record(4, "a")))
                .isInstanceOf(ClapException.class)
                .message()
                .hasLineCount(1)
                .hasSizeLessThan(1500);
    }
}
