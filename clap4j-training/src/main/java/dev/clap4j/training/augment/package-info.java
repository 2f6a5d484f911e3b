/** Random views of images for Im.Aug, drawn as in torchvision. */
package dev.clap4j.training.augment;
