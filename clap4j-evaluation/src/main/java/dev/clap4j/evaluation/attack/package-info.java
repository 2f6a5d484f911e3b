/** How robust CLIP and CLAP are to adversarial attacks (CLAP, section 4.2): protocol, figures, warnings, pictures. */
package dev.clap4j.evaluation.attack;
