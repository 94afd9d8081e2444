# R as the judge of files that convlab wrote: Rscript judge.R <keras3 or keras> <folder> <file> ...
# Prints one JSON line for each file: how far the probabilities are from convlab's, and what one more epoch makes of the loss.

words <- commandArgs(trailingOnly = TRUE)
package <- words[1]
folder <- words[2]
library(package, character.only = TRUE)
numpy <- reticulate::import("numpy")
read <- function(name) numpy$load(file.path(folder, name))

images <- read("images.npy")
labels <- read("labels.npy")
expected <- read("probabilities.npy")
open_model <- if (package == "keras3") load_model else load_model_hdf5
answers <- function(probabilities) max.col(probabilities, ties.method = "first")

for (file in words[-(1:2)]) {
  model <- open_model(file.path(folder, file))
  found <- predict(model, images, verbose = 0)
  before <- evaluate(model, images, labels, verbose = 0)
  fit(model, images, labels, epochs = 1, batch_size = 128, verbose = 0)
  after <- evaluate(model, images, labels, verbose = 0)
  cat(sprintf(
    'JUDGE {"file": "%s", "difference": %.3g, "same": %d, "loss": [%.6f, %.6f]}\n',
    file, max(abs(found - expected)), sum(answers(found) == answers(expected)), before[["loss"]], after[["loss"]]
  ))
}
