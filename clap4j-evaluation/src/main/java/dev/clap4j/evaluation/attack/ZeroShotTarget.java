package dev.clap4j.evaluation.attack;

import dev.clap4j.attack.Attack;
import dev.clap4j.evaluation.Method;
import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.internal.attack.Scorer;
import dev.clap4j.internal.classify.ZeroShotClassifier;
import dev.clap4j.prompt.PromptStyle;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Zero-shot classification: the attack sees the cosines with the class names, and its adversarial images are also classified with the other
 * prompts, as in the published evaluation.
 *
 * @param texts the classes' features
 * @param method the map of the features
 * @param domain the domain's name
 */
record ZeroShotTarget(ZeroShotTexts texts, Method method, String domain) implements AttackTarget {
    private static final PromptStyle ATTACKED = PromptStyle.C;
    private static final List<PromptStyle> SHOWN = List.of(ATTACKED, PromptStyle.PC, PromptStyle.CP, PromptStyle.NC);

    @Override
    public Scorer scorer(Attack attack) {
        return Scorer.zeroShot(method.apply(texts.get(ATTACKED, domain, 0)));
    }

    @Override
    public Map<String, int[]> predict(FeatureMatrix features, int batch) {
        Map<String, int[]> predicted = new LinkedHashMap<>();
        for (PromptStyle style : SHOWN) {
            FeatureMatrix classes = method.apply(texts.get(style, domain, batch));
            predicted.put(style.name(), ZeroShotClassifier.of(classes, 1).predict(features));
        }
        return predicted;
    }
}
