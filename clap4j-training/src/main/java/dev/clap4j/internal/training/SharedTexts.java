package dev.clap4j.internal.training;

import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.internal.clip.ContextText;
import dev.clap4j.internal.clip.PromptEncoder;
import dev.clap4j.internal.run.Steps;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * An encoder that encodes each text without noise only once and shares its features between callers. The features of
 * texts encoded in advance do not depend on the order of later requests. Thread-safe.
 */
public final class SharedTexts implements PromptEncoder {
    private final PromptEncoder encoder;
    private final Map<String, float[]> known = new HashMap<>();

    /** Creates a shared encoder on top of another. */
    public SharedTexts(PromptEncoder encoder) {
        this.encoder = encoder;
    }

    @Override
    public String tokenizerFingerprint() {
        return encoder.tokenizerFingerprint();
    }

    @Override
    public int embedDim() {
        return encoder.embedDim();
    }

    @Override
    public int contextWidth() {
        return encoder.contextWidth();
    }

    /** Returns the distinct texts that have not been encoded yet. */
    public synchronized List<String> unknown(Collection<String> texts) {
        Set<String> distinct = new LinkedHashSet<>(texts);
        distinct.removeAll(known.keySet());
        return new ArrayList<>(distinct);
    }

    @Override
    public synchronized FeatureMatrix encode(List<String> texts, Steps steps) {
        List<String> missing = unknown(texts);
        if (!missing.isEmpty()) {
            FeatureMatrix encoded = encoder.encode(missing, steps);
            for (int i = 0; i < missing.size(); i++) {
                known.put(missing.get(i), encoded.row(i));
            }
        }
        steps.advance(texts.size() - missing.size());
        return FeatureMatrix.ofRows(
                texts, embedDim(), texts.stream().map(known::get).toList());
    }

    @Override
    public FeatureMatrix encodeWithContext(List<ContextText> texts, Steps steps) {
        return encoder.encodeWithContext(texts, steps);
    }
}
