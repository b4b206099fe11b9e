# Two-way log-linear models with R's own glm: stepwise by BIC with a profile-free normal interval on the log scale, and
# (to four lists) the average over all two-way models by BIC. Arguments: tables in, answers out.
paths <- commandArgs(trailingOnly = TRUE)

frame <- function(counts) {
  k <- log2(length(counts))
  seen <- 1:(length(counts) - 1)
  lists <- sapply(0:(k - 1), function(bit) bitwAnd(bitwShiftR(seen, bit), 1))
  data <- as.data.frame(lists)
  names(data) <- paste0("L", 1:k)
  data$count <- counts[-1]
  data
}

unseen <- function(fit, documented) {
  at <- summary(fit)$coefficients["(Intercept)", ]
  documented + exp(at[1] + c(0, -1.96, 1.96) * at[2])
}

stepwise <- function(data) {
  k <- ncol(data) - 1
  lists <- names(data)[1:k]
  main <- as.formula(paste("count ~", paste(lists, collapse = "+")))
  two <- as.formula(paste("~ (", paste(lists, collapse = "+"), ")^2"))
  fit <- suppressWarnings(step(glm(main, poisson, data), list(lower = main, upper = two),
                               k = log(sum(data$count)), trace = 0))
  unseen(fit, sum(data$count))
}

averaged <- function(data) {
  k <- ncol(data) - 1
  if (k > 4) return(c(NA, NA, NA))
  lists <- names(data)[1:k]
  pairs <- combn(lists, 2, paste, collapse = ":")
  documented <- sum(data$count)
  bic <- numeric(0); middle <- numeric(0); error <- numeric(0)
  for (model in 0:(2^length(pairs) - 2)) {
    chosen <- pairs[bitwAnd(bitwShiftR(model, 0:(length(pairs) - 1)), 1) == 1]
    formula <- as.formula(paste("count ~", paste(c(lists, chosen), collapse = "+")))
    fit <- suppressWarnings(glm(formula, poisson, data))
    at <- summary(fit)$coefficients["(Intercept)", ]
    bic <- c(bic, BIC(fit)); middle <- c(middle, at[1]); error <- c(error, at[2])
  }
  weight <- exp(-(bic - min(bic)) / 2); weight <- weight / sum(weight)
  mean <- sum(weight * middle)
  spread <- sqrt(sum(weight * (error^2 + (middle - mean)^2)))
  documented + exp(mean + c(0, -1.96, 1.96) * spread)
}

out <- file(paths[2], "w")
for (line in readLines(paths[1])) {
  parts <- strsplit(line, ",")[[1]]
  counts <- as.numeric(strsplit(parts[2], " ")[[1]])
  for (peer in c("r_stepwise", "r_averaged")) {
    time <- system.time(found <- tryCatch(
      if (length(counts) < 8) c(NA, NA, NA) else if (peer == "r_stepwise") stepwise(frame(counts)) else averaged(frame(counts)),
      error = function(e) c(NA, NA, NA)))
    if (any(!is.finite(found))) found <- c(NA, NA, NA)
    cat(paste(c(peer, parts[1], found, time[["user.self"]]), collapse = ","), "\n", sep = "", file = out)
  }
}
close(out)
