package dev.clap4j.evaluation.fewshot;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clap4j.dataset.Dataset;
import dev.clap4j.evaluation.EvaluatedHead;
import dev.clap4j.evaluation.EvaluatedModel;
import dev.clap4j.evaluation.EvaluationProvenance;
import dev.clap4j.evaluation.Protocol;
import java.util.LinkedHashMap;
import java.util.Map;

/** The provenance of a few-shot run, as written to {@code run.json}. */
public final class FewShotProvenance {
    private static final JsonMapper JSON = new JsonMapper();

    private FewShotProvenance() {}

    /**
     * Returns the content of {@code run.json}.
     *
     * @param heads the heads by method name
     * @param command the command line, for the record
     */
    public static ObjectNode of(
            FewShotPlan plan, Dataset dataset, Map<String, EvaluatedHead> heads, EvaluatedModel model, String command) {
        Map<String, String> options = new LinkedHashMap<>();
        options.put("shots", plan.shots().toString());
        options.put("seeds", plan.seeds().toString());
        options.put("probe", plan.recipe().name());
        ObjectNode run = EvaluationProvenance.of(Protocol.FEW_SHOT, options, heads, model, dataset, command);
        run.set("probe", JSON.valueToTree(plan.recipe().describe()));
        return run;
    }
}
