# What R's own glm takes for all of something, scaled from a part of it: Rscript speed.R averaged|bootstrap "counts"
given <- commandArgs(trailingOnly = TRUE)
counts <- as.numeric(strsplit(given[2], " ")[[1]])
k <- log2(length(counts))
data <- as.data.frame(sapply(0:(k - 1), function(bit) bitwAnd(bitwShiftR(1:(length(counts) - 1), bit), 1)))
lists <- names(data) <- paste0("L", 1:k)
pairs <- combn(lists, 2, paste, collapse = ":")
models <- 2^length(pairs)

fitted <- function(model, count) {
  data$count <- count
  chosen <- pairs[bitwAnd(bitwShiftR(model, 0:(length(pairs) - 1)), 1) == 1]
  fit <- suppressWarnings(glm(as.formula(paste("count ~", paste(c(lists, chosen), collapse = "+"))), poisson, data))
  c(BIC(fit), summary(fit)$coefficients["(Intercept)", 1:2])
}

set.seed(1)
if (given[1] == "averaged") {
  part <- min(models, 1024)
  asked <- sample(0:(models - 1), part)
  time <- system.time(for (model in asked) fitted(model, counts[-1]))
  share <- part / models
} else {
  again <- 10
  time <- system.time(for (turn in 1:again) {
    count <- rmultinom(1, sum(counts), counts[-1])[, 1]
    for (model in 0:(models - 1)) fitted(model, count)
  })
  share <- again / 1000
}
cat(time[["user.self"]] / share, "\n")
